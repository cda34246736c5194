/** Smart API messages over WebSocket, one in each text message (Smart API, section 8.6). */
package io.mestral.verticles.http.smartapi.websocket;
