package io.mestral.model.outcome;

/** How handing over a message ended. */
public sealed interface Delivery {
  /** One receiver has it: kept, if it is one that keeps. */
  Delivery DONE = new Delivered(1);

  /** Nobody wanted it. */
  Delivery NOBODY = new Delivered(0);

  /** Whether anybody has it, or will. */
  default boolean isTaken() {
    return !(this instanceof Refused) && !equals(NOBODY);
  }

  /**
   * So many receivers have it; those that must keep it have kept it.
   *
   * @param receivers 0 when no subscription matched
   */
  record Delivered(int receivers) implements Delivery {}

  /**
   * It waits in a bounded queue.
   *
   * @param position 1 is next
   */
  record Queued(int position) implements Delivery {}

  /**
   * It was not taken.
   *
   * @param reason for the publisher to act on
   * @param explanation a sentence for people, without secrets; may be empty
   */
  record Refused(Refusal reason, String explanation) implements Delivery {
    /** What a failed future means for the publisher. */
    public static Refused because(Throwable failure) {
      String text = failure instanceof Refusing ? failure.getMessage() : "";
      return new Refused(Refusal.of(failure), text);
    }
  }
}
