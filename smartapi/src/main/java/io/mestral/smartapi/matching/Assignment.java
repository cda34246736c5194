package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.data.ValueObject;

/**
 * A value to be written.
 *
 * @param property where
 * @param value what; {@code rdf:nil} removes the value
 */
record Assignment(PropertyKey property, ValueObject value) {}
