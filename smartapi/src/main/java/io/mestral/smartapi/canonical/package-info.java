/**
 * Graphs in canonical form, which hashes and signatures are made over (W3C RDF Dataset
 * Canonicalization, RDFC-1.0), and which part of a message a proof secures.
 */
package io.mestral.smartapi.canonical;
