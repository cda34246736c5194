package io.mestral.storage.embedded.backup;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** How far a long piece of work is; written by the one who does it, asked by anybody. */
public final class Progress {
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long total;

  /** Files that are done. */
  public long files() {
    return files.get();
  }

  /** Bytes that are done. */
  public long bytes() {
    return bytes.get();
  }

  /** Bytes there are to do, as far as that is known. */
  public long total() {
    return Math.max(total, bytes());
  }

  void total(long expected) {
    total = expected;
  }

  void fileDone() {
    files.incrementAndGet();
  }

  /** Counts what is done and then takes its time. */
  LongConsumer counting(LongConsumer pace) {
    return done -> {
      bytes.addAndGet(done);
      pace.accept(done);
    };
  }
}
