/**
 * The Smart API's semantic messages: the object model, its RDF syntaxes, templates, units, proofs.
 * A library of its own, without threads, sockets or Vert.x.
 */
package io.mestral.smartapi;
