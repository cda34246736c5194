/**
 * The keys that Smart API messages are proved with and encrypted to: the node's own, and those of
 * others that it believes.
 */
package io.mestral.verticles.smartrequest.keys;
