package io.mestral.storage.embedded.backup;

import io.mestral.storage.embedded.journal.SegmentCheck;
import io.mestral.storage.embedded.metadata.MetadataCopy;
import io.mestral.storage.embedded.readings.examination.ReadingsCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongConsumer;

/** The files of a data folder by what they hold, and what is wrong inside of them. */
final class Contents {
  static final String METADATA = "metadata.db";
  static final String JOURNAL = "journal/";
  static final String READINGS = "readings/";

  private static final String SEGMENT_SUFFIX = ".journal";

  private Contents() {}

  /** What a file holds; of some only that they are there is known. */
  record Found(long readings, List<String> problems) {
    static final Found NOTHING = new Found(0, List.of());
  }

  /** Looks into a file of a backup, without leaving a trace beside it. */
  static Found of(Path folder, String name, LongConsumer looked) throws IOException {
    Path file = folder.resolve(name);
    if (name.equals(METADATA)) {
      looked.accept(file.toFile().length());
      return new Found(0, named(name, MetadataCopy.problemOf(file).stream().toList()));
    }
    if (name.startsWith(READINGS)) {
      ReadingsCheck.Result result = ReadingsCheck.ofCopy(file, looked);
      return new Found(result.readings(), named(name, result.problems()));
    }
    return name.startsWith(JOURNAL) ? segment(file, name, looked) : Found.NOTHING;
  }

  private static Found segment(Path file, String name, LongConsumer looked) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SegmentCheck.Result result = SegmentCheck.of(channel, numberOf(name), channel.size());
      looked.accept(channel.size());
      return new Found(0, named(name, result.problems()));
    }
  }

  private static long numberOf(String name) throws Unusable {
    String digits = name.substring(JOURNAL.length()).replace(SEGMENT_SUFFIX, "");
    if (!digits.matches("\\d{8,18}")) throw new Unusable(name + " is no segment of a journal");
    return Long.parseLong(digits);
  }

  static List<String> named(String name, List<String> problems) {
    return problems.stream().map(problem -> name + ": " + problem).toList();
  }
}
