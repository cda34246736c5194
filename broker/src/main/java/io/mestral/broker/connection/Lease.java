package io.mestral.broker.connection;

import java.time.Duration;

/**
 * Lets a client stay no longer than what it logged in with. It looks again every now and then
 * whether there is a connection at all, so that none is held in memory for the sake of its end.
 */
record Lease(MqttSocket socket, Disconnector disconnector) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  void endAfter(Duration left) {
    Duration wait = left.compareTo(LONGEST) < 0 ? left : LONGEST;
    socket.later(wait, () -> passed(left.minus(wait)));
  }

  private void passed(Duration left) {
    if (disconnector.hasEnded()) return;
    if (left.isZero()) disconnector.end(Ending.NO_LONGER_ALLOWED);
    else endAfter(left);
  }
}
