/**
 * RDF as values: terms and graphs that don't change (RDF 1.1 Concepts, sections 3 and 5).
 * Everything else in this library stands on it; it knows nothing of messages.
 */
package io.mestral.smartapi.rdf;
