package io.mestral.smartapi.rdf;

/** What a triple can have as its subject: an {@link Iri} or a {@link Blank} node. */
public sealed interface Resource extends Term permits Iri, Blank {}
