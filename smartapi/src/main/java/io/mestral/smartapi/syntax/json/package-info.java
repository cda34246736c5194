/**
 * JSON below JSON-LD: texts opened strictly (RFC 8259), canonical form (RFC 8785), and numbers as
 * terms of RDF.
 */
package io.mestral.smartapi.syntax.json;
