/** Which class is a kind of which: the bundled vocabulary, widened by what an operator loads. */
package io.mestral.smartapi.ontology;
