package io.mestral.smartapi.rdf;

/**
 * One statement.
 *
 * @param subject what it is about
 * @param predicate which property
 * @param object the property's value
 */
public record Triple(Resource subject, Iri predicate, Term object) {}
