/**
 * One doorman per duty. A verticle opens an address on the event bus and hands over to a plain
 * object in its own package; whoever needs that duty holds a small client that speaks to the
 * address. On one node messages pass by reference.
 */
package io.mestral.verticles;
