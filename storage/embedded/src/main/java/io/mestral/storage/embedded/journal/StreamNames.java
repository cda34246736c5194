package io.mestral.storage.embedded.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.mestral.storage.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of the streams once more, in a file of their own: all declarations in a segment can lie
 * on one page, and if that is lost, so would be every record behind it. Each line has a number, a
 * checksum, and a name; the last line of a number counts.
 */
final class StreamNames {
  private static final Logger log = LoggerFactory.getLogger(StreamNames.class);
  private static final long LONGEST = 64 << 20;

  private final Path file;

  StreamNames(Path folder) {
    file = folder.resolve("streams");
  }

  /** The names that can be read, by the numbers of the streams. */
  Map<Integer, StreamName> read() {
    Map<Integer, StreamName> names = new TreeMap<>();
    try {
      if (!Files.exists(file) || Files.size(file) > LONGEST) return names;
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) read(line, names);
    } catch (IOException failure) {
      log.warn("{} cannot be read", file, failure);
    }
    return names;
  }

  private static void read(String line, Map<Integer, StreamName> names) {
    String[] parts = line.split(" ", 3);
    if (parts.length < 3 || !parts[0].matches("\\d{1,9}")) return;
    int number = Integer.parseInt(parts[0]);
    if (line.equals(line(number, parts[2]))) names.put(number, new StreamName(parts[2]));
  }

  /** Writes the names anew if the file holds others. */
  void keep(Collection<Stream> streams) {
    Map<Integer, StreamName> wanted = new TreeMap<>();
    for (Stream stream : streams)
      stream.name().ifPresent(name -> wanted.put(stream.number(), name));
    if (wanted.equals(read())) return;
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(draft);
      StringBuilder lines = new StringBuilder();
      wanted.forEach((number, name) -> lines.append(line(number, name.value())).append('\n'));
      append(draft, lines.toString());
      Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException failure) {
      log.warn("{} cannot be written", file, failure);
    }
  }

  /** Adds the name of a new stream; it stands in the segments, too, so that this may fail. */
  void add(int number, StreamName name) {
    try {
      append(file, line(number, name.value()) + "\n");
    } catch (IOException failure) {
      log.warn("{} lacks the name of {}", file, name, failure);
    }
  }

  private static void append(Path file, String lines) throws IOException {
    try (FileChannel out = FileChannel.open(file, CREATE, APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) out.write(bytes);
      out.force(true);
    }
  }

  private static String line(int number, String name) {
    CRC32C sum = new CRC32C();
    sum.update((number + " " + name).getBytes(StandardCharsets.UTF_8));
    return String.format("%d %08x %s", number, sum.getValue(), name);
  }
}
