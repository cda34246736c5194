/**
 * Requests that others have a part in: written down before a gateway is told, sent when it is here,
 * ended once, and remembered for whoever asks again.
 */
package io.mestral.routing.request.open;
