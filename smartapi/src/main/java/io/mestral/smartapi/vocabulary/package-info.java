/**
 * The terms of messages as constants: the Smart API and its edge profile (which {@code
 * vocabulary.ttl} and {@code context.jsonld} beside the classes define) and what they reuse.
 */
package io.mestral.smartapi.vocabulary;
