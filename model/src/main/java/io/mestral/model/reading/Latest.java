package io.mestral.model.reading;

import java.util.OptionalDouble;

/**
 * The newest reading of a series by its own time, and the one before it.
 *
 * @param epochSecond of the newest
 * @param value stored value of the newest
 * @param previous stored value of the one before; empty for a first reading
 */
public record Latest(long epochSecond, double value, OptionalDouble previous) {}
