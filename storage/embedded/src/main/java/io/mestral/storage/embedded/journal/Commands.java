package io.mestral.storage.embedded.journal;

import io.mestral.storage.StreamName;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Collection;

/** The calls there are. */
final class Commands {
  private Commands() {}

  /** Writes a record. */
  static final class Append extends Command<Long> {
    private final StreamName stream;
    private final Buffer body;
    private final boolean frees;
    private long sequence;

    Append(Context context, StreamName stream, Buffer body, boolean frees) {
      super(context);
      this.frees = frees;
      this.stream = stream;
      this.body = body;
    }

    @Override
    int bytes() {
      return RecordFormat.OVERHEAD + body.length();
    }

    @Override
    void write(JournalLog log) {
      sequence = log.append(stream, body, frees);
    }

    @Override
    void kept(JournalLog log) {
      log.apply(stream, sequence, body);
      succeed(sequence);
    }
  }

  /** Says what is not needed any more. */
  static final class Trim extends Command<Void> {
    private final StreamName stream;
    private final long upTo;

    Trim(Context context, StreamName stream, long upTo) {
      super(context);
      this.stream = stream;
      this.upTo = upTo;
    }

    @Override
    void free(JournalLog log) {
      log.trim(stream, upTo);
    }

    @Override
    void write(JournalLog log) {
      log.noteTrim(stream);
    }
  }

  /** Finds out where records lie. */
  static final class Locate extends Command<SegmentReader.Plan> {
    private final StreamName stream;
    private final long after;
    private final int limit;

    Locate(Context context, StreamName stream, long after, int limit) {
      super(context);
      this.stream = stream;
      this.after = after;
      this.limit = limit;
    }

    @Override
    boolean writes() {
      return false;
    }

    @Override
    void kept(JournalLog log) {
      succeed(log.plan(stream, after, limit, SegmentReader.BYTES_AT_ONCE));
    }
  }

  /** Finds out what streams hold back. */
  static final class Weigh extends Command<Long> {
    private final Collection<StreamName> streams;

    Weigh(Context context, Collection<StreamName> streams) {
      super(context);
      this.streams = streams;
    }

    @Override
    boolean writes() {
      return false;
    }

    @Override
    void kept(JournalLog log) {
      succeed(log.heldBy(streams));
    }
  }

  /** Tries to write. */
  static final class Probe extends Command<Void> {
    Probe(Context context) {
      super(context);
    }

    @Override
    void write(JournalLog log) {
      log.probe();
    }
  }

  /** Something that is done between two groups. */
  static final class Between extends Command<Void> {
    private final Step step;

    Between(Context context, Step step) {
      super(context);
      this.step = step;
    }

    /** What is done. */
    @FunctionalInterface
    interface Step {
      void run(JournalLog log) throws IOException;
    }

    @Override
    boolean isAlone() {
      return true;
    }

    @Override
    void write(JournalLog log) throws IOException {
      step.run(log);
    }
  }

  /** The last one. */
  static final class Close extends Command<Void> {
    Close(Context context) {
      super(context);
    }

    @Override
    boolean isAlone() {
      return true;
    }

    @Override
    void write(JournalLog log) throws IOException {
      log.sync();
      log.close();
    }
  }
}
