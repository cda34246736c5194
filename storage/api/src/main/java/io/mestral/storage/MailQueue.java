package io.mestral.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Mail that waits for the mail server. */
public interface MailQueue {
  /** How many may wait. */
  int MOST = 10_000;

  /**
   * A mail in the queue.
   *
   * @param attempts how often it was tried, so far without a yes
   */
  record Waiting(long id, Mail mail, int attempts) {}

  /**
   * Queues a mail, due at once; the second one of an event is left out. Fails with {@code
   * QUOTA_EXCEEDED} when {@link #MOST} wait.
   */
  Future<Void> add(Mail mail);

  /** Those whose time has come, the one that has waited longest first. */
  Future<List<Waiting>> due(Instant now, int limit);

  /**
   * Counts an attempt, before it begins, and says when the next is due. Succeeds with whether this
   * is the one to make it: not when another began meanwhile, or the mail is gone.
   */
  Future<Boolean> begin(Waiting mail, Instant due);

  /** Says when the next attempt is due. */
  Future<Void> postpone(long id, Instant due);

  /** Forgets a mail: it is sent, or never will be. */
  Future<Void> remove(long id);

  /** How many wait. */
  Future<Long> size();
}
