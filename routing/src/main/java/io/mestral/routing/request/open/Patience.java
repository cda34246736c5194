package io.mestral.routing.request.open;

import io.mestral.smartapi.model.message.Request;
import java.time.Duration;

/** How long an answer is waited for before its sender is told to wait. */
final class Patience {
  private static final Duration USUAL = Duration.ofSeconds(4);
  private static final Duration MOST = Duration.ofSeconds(25);
  private static final double OF_EACH_HOP = 0.05;
  private static final double LEAST_SHARE = 0.2;

  private Patience() {}

  /**
   * What a request says, or what is usual. Every node on its way leaves a part of that to those
   * before it, so that the answer of the last one is still waited for at the first.
   *
   * @param request as it is passed on, this node at the end of its way
   */
  static long millis(Request request) {
    Duration asked = request.timeout().orElse(USUAL);
    Duration whole = asked.compareTo(MOST) < 0 ? asked : MOST;
    int before = Math.max(0, request.via().size() - 1);
    double share = Math.max(LEAST_SHARE, 1 - OF_EACH_HOP * before);
    return Math.max(1, (long) (whole.toMillis() * share));
  }
}
