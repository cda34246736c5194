/** One measure of every device, for the map of the world. */
package io.mestral.verticles.http.map;
