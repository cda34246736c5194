/** RDF 1.1 XML, which some partners send: read by Jena, within bounds and without DTDs. */
package io.mestral.smartapi.syntax.xml;
