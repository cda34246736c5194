package io.mestral.storage.embedded.readings.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long sealing waits after it failed: longer each time, as each attempt writes much. When the
 * disk has got room meanwhile there is nothing to wait for.
 */
public final class Pause {
  private static final Logger log = LoggerFactory.getLogger(Pause.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long ROOM_WORTH_TRYING = 1 << 20;

  private final Path folder;
  private volatile Duration length = Duration.ZERO;
  private volatile long end = System.nanoTime();
  private volatile long roomAtFailure;

  public Pause(Path folder) {
    this.folder = folder;
  }

  /** An attempt is over. */
  public void after(boolean success) {
    if (success) {
      length = Duration.ZERO;
      end = System.nanoTime();
      return;
    }
    Duration doubled = length.isZero() ? FIRST : length.multipliedBy(2);
    length = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    roomAtFailure = room();
    end = System.nanoTime() + length.toNanos();
  }

  /** Whether the last attempt went well, or there was none. */
  public boolean isNone() {
    return length.isZero();
  }

  public boolean isOver() {
    return System.nanoTime() - end >= 0 || room() >= roomAtFailure + ROOM_WORTH_TRYING;
  }

  private long room() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException failure) {
      log.warn("the disk of {} does not answer", folder, failure);
      return 0;
    }
  }
}
