package io.mestral.storage.embedded.journal;

import static java.nio.file.StandardOpenOption.READ;

import io.mestral.storage.JournalRecord;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records back along a plan. It opens the files itself, so it can run on any thread while the
 * journal's own goes on; a file that is gone meanwhile held only what was trimmed.
 */
final class SegmentReader {
  private static final Logger log = LoggerFactory.getLogger(SegmentReader.class);

  /** Records behind so many bytes are left for the next reading. */
  static final long BYTES_AT_ONCE = 4 << 20;

  private final RecordFormat format = new RecordFormat();
  private final Plan plan;
  private ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
  private int found;
  private long foundBytes;

  private SegmentReader(Plan plan) {
    this.plan = plan;
  }

  /**
   * What to read.
   *
   * @param after only sequences above this
   * @param upTo and not above this
   * @param bytes no record is read behind so many bytes of bodies
   * @param spans where to look, in order
   */
  record Plan(int stream, long after, long upTo, int limit, long bytes, List<Track.Span> spans) {
    static final Plan NOTHING = new Plan(0, 0, 0, 0, 0, List.of());
  }

  static List<JournalRecord> read(Plan plan) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    new SegmentReader(plan).forEach(records::add);
    return records;
  }

  /** Hands the records on in order; bodies are copies of their own. */
  static void each(Plan plan, Consumer<JournalRecord> taker) throws IOException {
    new SegmentReader(plan).forEach(taker);
  }

  private void forEach(Consumer<JournalRecord> taker) throws IOException {
    List<Track.Span> spans = plan.spans();
    for (int i = 0; i < spans.size() && wantsMore(); ) {
      Segment segment = spans.get(i).segment();
      try (FileChannel file = FileChannel.open(segment.file(), READ)) {
        for (; i < spans.size() && spans.get(i).segment() == segment; i++)
          if (wantsMore()) readSpan(file, spans.get(i), taker);
      } catch (NoSuchFileException trimmed) {
        log.debug("{} was trimmed before it was read", trimmed.getFile());
        while (i < spans.size() && spans.get(i).segment() == segment) i++;
      }
    }
  }

  private boolean wantsMore() {
    return found < plan.limit() && foundBytes < plan.bytes();
  }

  private void readSpan(FileChannel file, Track.Span span, Consumer<JournalRecord> taker)
      throws IOException {
    load(file, span);
    int lost = 0;
    for (int at = 0; at < bytes.limit() && wantsMore(); ) {
      int length = recordAt(at, span);
      if (length == 0) {
        lost++;
        at++; // look for the next good one
        continue;
      }
      if (isWanted(at)) take(at, length, taker);
      at += length;
    }
    if (lost > 0)
      log.error(
          "{}: {} bytes between {} and {} are no records",
          span.segment().file(),
          lost,
          span.start(),
          span.end());
  }

  private int recordAt(int at, Track.Span span) {
    if (bytes.limit() - at < RecordFormat.OVERHEAD) return 0;
    int length = RecordFormat.claimedLength(bytes, at);
    if (length == 0 || length > bytes.limit() - at) return 0;
    long place = RecordFormat.place(span.segment().number(), span.start() + at);
    return format.holds(bytes, at, length, place) ? length : 0;
  }

  private boolean isWanted(int at) {
    long sequence = bytes.getLong(at + 17);
    return bytes.get(at + 12) == RecordFormat.DATA
        && bytes.getInt(at + 13) == plan.stream()
        && sequence > plan.after()
        && sequence <= plan.upTo();
  }

  private void take(int at, int length, Consumer<JournalRecord> taker) {
    int from = at + RecordFormat.OVERHEAD;
    Buffer body = Buffer.buffer(length - RecordFormat.OVERHEAD);
    body.appendBytes(bytes.array(), from, length - RecordFormat.OVERHEAD);
    found++;
    foundBytes += body.length();
    taker.accept(new JournalRecord(bytes.getLong(at + 17), body));
  }

  private void load(FileChannel file, Track.Span span) throws IOException {
    int wanted = span.end() - span.start();
    if (wanted > bytes.capacity()) bytes = ByteBuffer.allocate(wanted);
    bytes.clear().limit(wanted);
    while (bytes.hasRemaining() && file.read(bytes, span.start() + (long) bytes.position()) > 0) {}
    bytes.flip();
  }
}
