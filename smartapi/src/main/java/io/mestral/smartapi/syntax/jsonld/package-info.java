/**
 * JSON-LD 1.1 (Smart API, sections 2.1 and 10): a reader in one pass for what peers usually send,
 * with the JSON-LD library's expansion for the rest, and a writer. Nothing here reads a context
 * from the network.
 *
 * <p>Triples are always made here, never by the library, for two reasons: its formatters of numbers
 * are shared by all threads without protection, and it writes the numbers of JSON literals with
 * seven decimals, and negative ones with one digit, where RFC 8785 wants them exact.
 */
package io.mestral.smartapi.syntax.jsonld;
