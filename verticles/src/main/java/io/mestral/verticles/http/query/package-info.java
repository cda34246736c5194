/** Searches and orders of lists, as requests ask for them (spec 2.4). */
package io.mestral.verticles.http.query;
