package io.mestral.smartapi.security.ledger;

import io.mestral.smartapi.rdf.Iri;

/**
 * The first place where a ledger isn't what it was.
 *
 * @param sequence the number that the entry there has to have
 * @param field what is wrong: {@code sx:sequence}, {@code sx:previousHash}, {@code sx:entryHash} or
 *     {@code sx:messageHash}
 * @param expected the value that it has to have
 * @param found the value that is there; empty when it isn't one text or number
 */
public record BrokenChain(long sequence, Iri field, String expected, String found) {}
