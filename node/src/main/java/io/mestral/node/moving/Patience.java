package io.mestral.node.moving;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for answers on the thread of a move, and asks again while a store is away: everything a
 * move asks may be asked twice.
 */
final class Patience {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(300);

  private final Duration longest;
  private final MoveProgress progress;
  private final BooleanSupplier stopped;
  private Optional<Long> deadline = Optional.empty();
  private CompletableFuture<?> writing = CompletableFuture.completedFuture(null);

  /**
   * @param longest how long a store may be away
   */
  Patience(Duration longest, MoveProgress progress, BooleanSupplier stopped) {
    this.longest = longest;
    this.progress = progress;
    this.stopped = stopped;
  }

  /** There was no time left. */
  static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Late() {
      super("late", null, false, false);
    }
  }

  /** From now on everything together takes no longer than this, or ends with {@link Late}. */
  void hurry(Duration time) {
    deadline = Optional.of(System.nanoTime() + time.toNanos());
  }

  /** There is time again. */
  void relax() {
    deadline = Optional.empty();
  }

  /** The answer to a question. */
  <T> T get(Supplier<Future<T>> question) {
    goOn();
    return answer(question, begun(question));
  }

  /**
   * The answer to something that changes a store. It begins when nothing that was given up waiting
   * for is under way any more: so it comes behind all of that.
   */
  <T> T write(Supplier<Future<T>> change) {
    long since = System.nanoTime();
    while (true) {
      awaitEnd(since);
      CompletableFuture<T> begun = begun(change);
      writing = begun;
      awaitEnd(since);
      String why;
      try {
        T answer = begun.get();
        progress.waitingFor(Optional.empty());
        return answer;
      } catch (ExecutionException failure) {
        why = reasonToWait(failure.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw MoveBroken.asAsked();
      }
      beforeAskingAgain(why, since);
    }
  }

  /** Waits for the last change, however it ends. */
  private void awaitEnd(long since) {
    while (true) {
      goOn();
      try {
        writing.get(timeLeft(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException late) {
        String why = "no answer for " + LONGEST_ANSWER.toSeconds() + " s";
        progress.waitingFor(Optional.of(why));
        if (isOver(since)) throw MoveBroken.because(why);
      } catch (ExecutionException ended) {
        return; // whoever asked for it was told, or has given it up
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw MoveBroken.asAsked();
      }
    }
  }

  private void beforeAskingAgain(String why, long since) {
    progress.waitingFor(Optional.of(why));
    if (isOver(since)) throw MoveBroken.because(why);
    goOn();
    LockSupport.parkNanos(BEFORE_ASKING_AGAIN.toNanos());
  }

  /** The answer to what must not be asked twice; a store that is away ends the move. */
  <T> T once(Supplier<Future<T>> question) {
    goOn();
    try {
      return begun(question).get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw MoveBroken.because(String.valueOf(failure.getCause().getMessage()));
    } catch (TimeoutException late) {
      throw MoveBroken.because("no answer for " + LONGEST_ANSWER.toSeconds() + " s");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw MoveBroken.asAsked();
    }
  }

  /** The answers to questions that are asked together. */
  <T> List<T> all(List<Supplier<Future<T>>> questions) {
    List<CompletableFuture<T>> begun = new ArrayList<>();
    for (Supplier<Future<T>> question : questions) begun.add(begun(question));
    List<T> answers = new ArrayList<>();
    for (int i = 0; i < begun.size(); i++) answers.add(answer(questions.get(i), begun.get(i)));
    return answers;
  }

  private static <T> CompletableFuture<T> begun(Supplier<Future<T>> question) {
    return question.get().toCompletionStage().toCompletableFuture();
  }

  private <T> T answer(Supplier<Future<T>> question, CompletableFuture<T> first) {
    CompletableFuture<T> asked = first;
    long since = System.nanoTime();
    while (true) {
      goOn();
      String why;
      try {
        T answer = asked.get(timeLeft(), TimeUnit.MILLISECONDS);
        progress.waitingFor(Optional.empty());
        return answer;
      } catch (TimeoutException late) {
        why = "no answer for " + LONGEST_ANSWER.toSeconds() + " s";
      } catch (ExecutionException failure) {
        why = reasonToWait(failure.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw MoveBroken.asAsked();
      }
      beforeAskingAgain(why, since);
      asked = begun(question);
    }
  }

  /** Whether what was waited for since then has taken too long. */
  boolean isOver(long since) {
    return System.nanoTime() - since > longest.toNanos();
  }

  private void goOn() {
    if (stopped.getAsBoolean()) throw MoveBroken.asAsked();
    if (deadline.isPresent() && System.nanoTime() > deadline.get()) throw new Late();
  }

  private long timeLeft() {
    long left = LONGEST_ANSWER.toMillis();
    if (deadline.isPresent())
      left = Math.min(left, (deadline.get() - System.nanoTime()) / 1_000_000);
    return Math.max(1, left);
  }

  private static String reasonToWait(Throwable failure) {
    if (failure instanceof RefusedException refused
        && (refused.refusal() == Refusal.UNAVAILABLE
            || refused.refusal() == Refusal.QUOTA_EXCEEDED)) return refused.getMessage();
    throw MoveBroken.because(String.valueOf(failure));
  }
}
