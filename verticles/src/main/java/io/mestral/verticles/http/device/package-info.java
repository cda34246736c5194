/** Devices over HTTP: shown to those who may see them, changed by those who own them. */
package io.mestral.verticles.http.device;
