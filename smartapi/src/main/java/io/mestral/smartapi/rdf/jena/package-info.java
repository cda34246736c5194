/**
 * The bridge to Apache Jena: graphs there and back, and its readers, bounded and strict, for what
 * our own don't take. Nothing of Jena is to be seen outside of this package but its graph.
 */
package io.mestral.smartapi.rdf.jena;
