package io.mestral.routing.request.trail;

import io.mestral.routing.request.trail.Hop.What;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The steps of the last requests, in memory; those that are open get theirs again after a restart
 * as far as the log knows them. Any thread may write and ask.
 */
public final class Trails {
  /** Requests whose steps are known. */
  public static final int MOST = 20_000;

  /** Steps of one request; later ones are left out. */
  public static final int MOST_HOPS = 500;

  private final Supplier<Iri> self;
  private final Clock clock;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<Iri, List<Hop>> trails =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Iri, List<Hop>> eldest) {
          boolean isOver = size() > MOST;
          if (isOver) numbers.values().remove(eldest.getKey());
          return isOver;
        }
      };
  private final Map<Long, Iri> numbers = new HashMap<>();

  /** Of the node with this IRI. */
  public Trails(Supplier<Iri> self, Clock clock) {
    this.self = self;
    this.clock = clock;
  }

  /** Writes a step down. */
  public void note(Iri request, What what, String with) {
    Hop hop = new Hop(clock.instant(), self.get().value(), what, with);
    turn.lock();
    try {
      List<Hop> trail = trails.computeIfAbsent(request, first -> new ArrayList<>(4));
      if (trail.size() < MOST_HOPS) trail.add(hop);
    } finally {
      turn.unlock();
    }
    followers.forEach(one -> one.noted(request, hop));
  }

  /** Has somebody hear of each step from now on. */
  public void follow(Follower follower) {
    followers.add(follower);
  }

  /** How a request ended. */
  public void ended(Iri request, Message answer) {
    boolean isInVain =
        !answer.errors().isEmpty()
            && answer.entities().isEmpty()
            && answer.activities().stream()
                .allMatch(one -> one.entities().isEmpty() && one.outputs().isEmpty());
    note(request, isInVain ? What.ENDED_IN_ERRORS : What.DONE, "");
  }

  /** Its sender was told to wait. */
  public void deferred(Iri request, long process) {
    note(request, What.DEFERRED, Long.toString(process));
    turn.lock();
    try {
      numbers.put(process, request);
    } finally {
      turn.unlock();
    }
  }

  /** The request that has a number; empty when none had it of late. */
  public Optional<Iri> numbered(long process) {
    turn.lock();
    try {
      return Optional.ofNullable(numbers.get(process));
    } finally {
      turn.unlock();
    }
  }

  /** The steps of a request, the first one first; empty when it isn't known, or not any more. */
  public List<Hop> of(Iri request) {
    turn.lock();
    try {
      return List.copyOf(trails.getOrDefault(request, List.of()));
    } finally {
      turn.unlock();
    }
  }
}
