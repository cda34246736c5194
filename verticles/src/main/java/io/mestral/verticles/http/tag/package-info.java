/** Tags of devices and of sensors over HTTP. */
package io.mestral.verticles.http.tag;
