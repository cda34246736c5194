package io.mestral.storage.embedded.metadata;

import io.mestral.storage.Metadata;
import io.mestral.storage.MetadataContract;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** A store whose files a test may look at and spoil, on a day it may move. */
abstract class MetadataOnDisk extends MetadataContract {
  @TempDir Path folder;
  final MovableClock clock = new MovableClock();

  @Override
  protected final Metadata open(Vertx vertx) {
    return EmbeddedMetadata.open(vertx, folder, clock);
  }

  final EmbeddedMetadata embedded() {
    return (EmbeddedMetadata) metadata();
  }

  final Path file() {
    return folder.resolve("metadata.db");
  }

  final void snapshotOfTomorrow() throws Exception {
    clock.now = clock.now.plus(Duration.ofDays(1));
    look();
  }

  final void look() throws Exception {
    embedded().care().look().get(20, TimeUnit.SECONDS);
  }

  final void whileClosed(Mischief mischief) throws Exception {
    await(metadata().close());
    mischief.run();
    reopen();
  }

  interface Mischief {
    void run() throws IOException;
  }

  static void overwrite(Path file, long from, int length) throws IOException {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), from);
    }
  }

  static final class MovableClock extends Clock {
    volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
