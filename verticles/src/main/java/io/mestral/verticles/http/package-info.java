/** The HTTP server: which routes there are, and the verticle that opens the port. */
package io.mestral.verticles.http;
