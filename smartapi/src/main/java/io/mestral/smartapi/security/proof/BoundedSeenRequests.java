package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.rdf.Iri;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/** Remembers Requests in memory, a bounded number of them, for one thread. */
public final class BoundedSeenRequests implements SeenRequests {
  private final int most;
  private final Set<Iri> remembered = new HashSet<>();
  private final Queue<Seen> byEnd = new PriorityQueue<>(Comparator.comparing(Seen::until));

  private record Seen(Iri request, Instant until) {}

  /**
   * Nothing seen yet.
   *
   * @param most how many Requests are remembered at once, at least one
   */
  public BoundedSeenRequests(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one Request is remembered, not " + most);
    }
    this.most = most;
  }

  @Override
  public Outcome remember(Iri request, Instant until, Instant now) {
    while (!byEnd.isEmpty() && byEnd.peek().until().isBefore(now)) {
      remembered.remove(byEnd.remove().request());
    }
    if (remembered.contains(request)) {
      return Outcome.SEEN;
    }
    if (remembered.size() == most) {
      return Outcome.FULL;
    }
    remembered.add(request);
    byEnd.add(new Seen(request, until));
    return Outcome.NEW;
  }
}
