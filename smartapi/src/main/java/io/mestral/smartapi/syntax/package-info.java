/** What every reader and writer of RDF text shares: the syntaxes and the bounds of what is read. */
package io.mestral.smartapi.syntax;
