package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.data.ValueObject;

/**
 * A property whose value is asked for, or was written and is to be shown.
 *
 * @param property which
 * @param as in which unit, quantity kind and datatype
 */
record Wanted(PropertyKey property, ValueObject as) {}
