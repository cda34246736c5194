/** MQTT over WebSocket: the way from an HTTP request to a connection like any other. */
package io.mestral.broker.websocket;
