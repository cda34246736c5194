package io.mestral.smartapi.security.ledger;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;

/**
 * An entry of a ledger (Smart API, sections 2.19 and 7.6).
 *
 * @param graph a graph that states it, which may state more
 * @param node the entry's IRI
 */
public record LedgerEntry(Graph graph, Iri node) {}
