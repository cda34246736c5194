/** One question for towns, tags, devices and people. */
package io.mestral.verticles.http.search;
