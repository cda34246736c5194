package io.mestral.smartapi.rdf;

/**
 * What a triple can have as its object: an {@link Iri}, a {@link Blank} node or a {@link Literal}.
 * Terms are immutable, and equal when RDF 1.1 calls them equal.
 */
public sealed interface Term permits Resource, Literal {}
