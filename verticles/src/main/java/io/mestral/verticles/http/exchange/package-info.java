/** One HTTP request and its answer as the resources see them, with the platform's JSON shapes. */
package io.mestral.verticles.http.exchange;
