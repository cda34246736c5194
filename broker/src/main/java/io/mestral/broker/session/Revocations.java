package io.mestral.broker.session;

import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Who was sent away lately. Whoever was being let in at that moment, on credentials that held when
 * they were looked at, is in no list of sessions yet and would be missed.
 */
final class Revocations {
  private static final int REMEMBERED = 256;

  private final AtomicReference<Past> past = new AtomicReference<>(new Past(0, List.of()));

  /**
   * @param count how many there were
   * @param latest the last ones of them
   */
  private record Past(long count, List<Predicate<Principal>> latest) {
    Past and(Predicate<Principal> whom) {
      List<Predicate<Principal>> more = new ArrayList<>(latest);
      if (more.size() == REMEMBERED) more.remove(0);
      more.add(whom);
      return new Past(count + 1, List.copyOf(more));
    }
  }

  void add(Predicate<Principal> whom) {
    past.updateAndGet(before -> before.and(whom));
  }

  /** How many there were so far. */
  long count() {
    return past.get().count;
  }

  /**
   * Why this one is not to be let in, if one of those after the first so many meant it; who was
   * meant by those that are forgotten can't be told.
   */
  Optional<Refusal> objection(Principal principal, long before) {
    Past now = past.get();
    int known = now.latest.size();
    int since = (int) Math.min(known, now.count - before);
    boolean meant =
        now.latest.subList(known - since, known).stream().anyMatch(whom -> whom.test(principal));
    if (meant) return Optional.of(Refusal.BAD_CREDENTIALS);
    return now.count - before > known ? Optional.of(Refusal.UNAVAILABLE) : Optional.empty();
  }
}
