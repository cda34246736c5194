/**
 * Smart API messages: what a Request means here, who is asked about the rest, and the one answer
 * that comes of it. Plain objects over the ports of storage; transports stand above.
 */
package io.mestral.routing.request;
