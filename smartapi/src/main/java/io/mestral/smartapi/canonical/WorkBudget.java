package io.mestral.smartapi.canonical;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.time.Duration;

/**
 * How much work may go into one canonical form. Graphs can be made whose blank nodes take longer
 * than the age of the universe to tell apart (RDFC-1.0, section 7.1); whoever sends one is refused
 * when the budget is used up.
 *
 * @param time longest time, more than zero
 * @param calls most calls of Hash N-Degree Quads, more than zero
 */
public record WorkBudget(Duration time, int calls) {
  /** 2 seconds and 50,000 calls. */
  public static final WorkBudget DEFAULT = new WorkBudget(Duration.ofSeconds(2), 50_000);

  /** Refuses budgets that nothing could be done with. */
  public WorkBudget {
    if (time.isNegative() || time.isZero() || calls < 1) {
      throw new IllegalArgumentException(
          "a budget is some time and at least one call, not " + time + " and " + calls);
    }
  }

  /**
   * Begins to count. One meter may stand for several canonical forms, such as those of one proof.
   *
   * @return a meter that nothing was used of, for one thread
   */
  public Meter start() {
    return new Meter(this);
  }

  /** What is left of a budget. */
  public static final class Meter {
    private static final int STEPS_BETWEEN_LOOKS = 64;

    private final WorkBudget budget;
    private final long start = System.nanoTime();
    private int calls;
    private int steps;

    private Meter(WorkBudget budget) {
      this.budget = budget;
    }

    /** Counts a call of Hash N-Degree Quads. */
    void call() {
      if (++calls > budget.calls) {
        throw used("more than " + budget.calls + " rounds of hashing");
      }
      step();
    }

    /** Counts a step of any kind; the clock is looked at now and then. */
    void step() {
      if (++steps >= STEPS_BETWEEN_LOOKS) {
        steps = 0;
        if (System.nanoTime() - start > budget.time.toNanos()) {
          throw used("longer than " + budget.time.toMillis() + " ms");
        }
      }
    }

    private static SmartApiException used(String what) {
      return new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "The blank nodes of the graph are too alike: telling them apart takes "
              + what
              + ". Give nodes IRIs, or put lists into NudeLists.");
    }
  }
}
