/**
 * The object model: typed views on nodes of a graph, and builders. What a class has no method for
 * is there as well, under its IRI or its name, and is written back as it was.
 */
package io.mestral.smartapi.model;
