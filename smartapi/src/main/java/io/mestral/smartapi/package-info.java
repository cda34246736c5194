/**
 * The Smart API's semantic messages as values, read from and written to RDF. Nothing lives here
 * yet.
 */
package io.mestral.smartapi;
