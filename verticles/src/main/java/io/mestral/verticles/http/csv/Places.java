package io.mestral.verticles.http.csv;

import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of something long may be under way at once, in all and for one asker, who has a quarter
 * of the places, and two at least. Shared by all instances of the HTTP verticle.
 */
public final class Places {
  /** Some are given back by then, as a rule. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final String what;
  private final int inAll;
  private final int forOne;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byAsker = new ConcurrentHashMap<>(); // ≤ inAll

  /**
   * @param what for the message that there is none, such as {@code exports}
   */
  public Places(String what, int inAll) {
    this.what = what;
    this.inAll = inAll;
    this.forOne = Math.max(2, inAll / 4); // who has all may ask before we know that it went out
  }

  /** A place that is held until it is given back. */
  public interface Place {
    /** Gives it back; the second time nothing happens. */
    void leave();
  }

  /** Takes a place, or ends the request with 503 and when to come again. */
  public Place take(Exchange exchange) {
    String asker =
        exchange.viewer().user().map(user -> "user " + user.id()).orElseGet(exchange::origin);
    if (taken.incrementAndGet() > inAll) {
      taken.decrementAndGet();
      throw none();
    }
    if (byAsker.merge(asker, 1, Integer::sum) > forOne) {
      leave(asker);
      throw none();
    }
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) leave(asker);
    };
  }

  /** How many are taken now. */
  int taken() {
    return taken.get();
  }

  private void leave(String asker) {
    byAsker.computeIfPresent(asker, (one, held) -> held == 1 ? null : held - 1);
    taken.decrementAndGet();
  }

  private Problem none() {
    return Problem.busy("Too many " + what + " at once; try again later", RETRY);
  }
}
