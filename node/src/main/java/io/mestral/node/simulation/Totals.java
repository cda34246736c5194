package io.mestral.node.simulation;

/**
 * What a simulation did.
 *
 * @param connections how often a kit connected
 * @param messages messages handed to the network
 * @param readings single values in them
 * @param failures connections refused and messages that could not be sent
 */
public record Totals(long connections, long messages, long readings, long failures) {
  static final Totals NONE = new Totals(0, 0, 0, 0);

  Totals connected() {
    return new Totals(connections + 1, messages, readings, failures);
  }

  Totals sent(int values) {
    return new Totals(connections, messages + 1, readings + values, failures);
  }

  Totals failed() {
    return new Totals(connections, messages, readings, failures + 1);
  }
}
