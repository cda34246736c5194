/** Readings over HTTP: rolled up on their way out, posted in batches on their way in. */
package io.mestral.verticles.http.reading;
