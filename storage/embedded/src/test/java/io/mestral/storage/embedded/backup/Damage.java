package io.mestral.storage.embedded.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Something that happened to a file.
 *
 * @param from the first byte that is not what it was
 * @param bytes how many may not be
 */
record Damage(Kind kind, String file, long from, long bytes) {
  private static final int PAGE = 4096;

  enum Kind {
    FLIPPED_BIT,
    CUT_TAIL,
    ZEROED_PAGE,
    NOISE,
    EMPTIED,
    REMOVED
  }

  /** Does something to a file. */
  static Damage to(Path folder, String name, Random random) throws IOException {
    Path file = folder.resolve(name);
    long length = Files.size(file);
    Kind kind = kind(random, length);
    long from = length == 0 ? 0 : random.nextLong(length);
    switch (kind) {
      case REMOVED -> {
        Files.delete(file);
        return new Damage(kind, name, 0, length);
      }
      case EMPTIED -> {
        Files.write(file, new byte[0]);
        return new Damage(kind, name, 0, length);
      }
      default -> {}
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      return switch (kind) {
        case FLIPPED_BIT -> {
          open.seek(from);
          int old = open.read();
          open.seek(from);
          open.write(old ^ 1 << random.nextInt(8));
          yield new Damage(kind, name, from, 1);
        }
        case CUT_TAIL -> {
          open.setLength(from);
          yield new Damage(kind, name, from, length - from);
        }
        case ZEROED_PAGE -> {
          long page = from / PAGE * PAGE;
          byte[] zeros = new byte[(int) Math.min(PAGE, length - page)];
          open.seek(page);
          open.write(zeros);
          yield new Damage(kind, name, page, zeros.length);
        }
        case NOISE -> {
          byte[] noise = new byte[(int) Math.min(1 + random.nextInt(600), length - from)];
          random.nextBytes(noise);
          open.seek(from);
          open.write(noise);
          yield new Damage(kind, name, from, noise.length);
        }
        default -> throw new IllegalStateException();
      };
    }
  }

  private static Kind kind(Random random, long length) {
    int dice = random.nextInt(100);
    if (length == 0 || dice < 4) return Kind.REMOVED;
    if (dice < 8) return Kind.EMPTIED;
    if (dice < 55) return Kind.FLIPPED_BIT;
    if (dice < 70) return Kind.CUT_TAIL;
    return dice < 85 ? Kind.ZEROED_PAGE : Kind.NOISE;
  }

  boolean isWhole() {
    return kind == Kind.REMOVED || kind == Kind.EMPTIED;
  }

  /** How many pieces of a size it concerns that lie wherever they like, at most. */
  long touchedAnywhere(int size) {
    return (bytes + size - 2) / size + 1;
  }

  /** How many pieces of a size it concerns, one behind the other from the file's beginning. */
  long touched(int size) {
    return (from + bytes) / size - from / size + 1;
  }
}
