/**
 * RDF 1.1 Turtle and N-Triples. Common Turtle is read and written by code of our own, the rest is
 * left to Jena; both ways give the same graph.
 */
package io.mestral.smartapi.syntax.turtle;
