/** Sensors and measurements over HTTP. */
package io.mestral.verticles.http.catalogue;
