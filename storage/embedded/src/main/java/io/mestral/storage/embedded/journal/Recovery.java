package io.mestral.storage.embedded.journal;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.mestral.storage.StreamName;
import io.mestral.storage.embedded.journal.JournalReport.Cause;
import io.mestral.storage.embedded.journal.JournalReport.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal as a crash or a bad disk left it. A half-written end of the newest segment is
 * what a kill leaves, and is cut off; anywhere else bytes that are no record are damage. Both are
 * copied to {@code damaged} first, every good record behind them is kept, and the loss is reported.
 * No damage keeps the journal from opening, and nothing is deleted.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  /** More holes than this in one segment, and the segment is copied as a whole. */
  private static final int HOLES = 16;

  private final JournalFolder folder;
  private final SegmentScanner scanner = new SegmentScanner();
  private final Map<Integer, Stream> streams = new TreeMap<>();
  private final List<Segment> kept = new ArrayList<>();
  private final List<Damage> damages = new ArrayList<>();
  private long records;
  private long nextSegment = 1;
  private int nextStream = 1;

  private Recovery(JournalFolder folder) {
    this.folder = folder;
  }

  /** What was found; the streams all have names. */
  record Recovered(
      Collection<Stream> streams, List<Segment> segments, Numbers next, JournalReport report) {}

  /** The lowest numbers that were never used. */
  record Numbers(long segment, int stream) {}

  static Recovered of(JournalFolder folder) throws IOException {
    Recovery recovery = new Recovery(folder);
    List<Segment> found = folder.segments();
    for (Segment segment : found) recovery.readOne(segment, segment == found.get(found.size() - 1));
    return recovery.finish(found.size());
  }

  private Recovered finish(int found) {
    nameNameless();
    setNamelessAside();
    long lost = 0;
    for (Damage damage : damages) lost += damage.to() - damage.from();
    if (lost > 0) skipNumbers(lost / RecordFormat.OVERHEAD + 1);
    JournalReport report = new JournalReport(found, records, setAside(), List.copyOf(damages));
    folder.names().keep(streams.values());
    return new Recovered(streams.values(), kept, new Numbers(nextSegment, nextStream), report);
  }

  /** What was lost may have been seen by somebody, so its numbers must not come again. */
  private void skipNumbers(long howMany) {
    streams.values().forEach(stream -> stream.seen(stream.last() + howMany));
  }

  private long setAside() {
    return damages.stream()
        .filter(damage -> damage.copy().isPresent())
        .mapToLong(damage -> damage.to() - damage.from())
        .sum();
  }

  private void readOne(Segment segment, boolean newest) {
    nextSegment = Math.max(nextSegment, segment.number() + 1);
    Contents contents = new Contents(segment);
    try (FileChannel file = FileChannel.open(segment.file(), READ)) {
      RecordFormat.Header header = scanner.header(file, segment.number());
      if (header == RecordFormat.Header.NEWER) {
        report(segment, 0, segment.length(), Cause.NEWER_VERSION, moveAside(segment.file()));
        return;
      }
      kept.add(segment);
      long start = header == RecordFormat.Header.GOOD ? RecordFormat.HEADER : 0;
      scanner.scan(file, segment.number(), start, contents);
    } catch (IOException unreadable) {
      log.error("{} cannot be read to its end", segment.file(), unreadable);
      if (!kept.contains(segment)) kept.add(segment);
      report(segment, contents.end, segment.length(), Cause.UNREADABLE, Optional.empty());
    }
    contents.settle(newest);
  }

  /** Collects what one segment holds. */
  private final class Contents implements SegmentScanner.Findings {
    private final Segment segment;
    private final List<long[]> holes = new ArrayList<>();
    private long end;
    private boolean torn;

    Contents(Segment segment) {
      this.segment = segment;
    }

    @Override
    public void found(SegmentScanner.Entry entry, ByteBuffer body) {
      end = entry.offset() + entry.length();
      if (entry.type() == RecordFormat.PROBE) return;
      Stream stream = streams.computeIfAbsent(entry.stream(), Stream::new);
      nextStream = Math.max(nextStream, entry.stream() + 1);
      switch (entry.type()) {
        case RecordFormat.DATA -> data(stream, entry);
        case RecordFormat.STATE -> state(stream, entry, body);
        case RecordFormat.TRIM -> stream.trim(entry.sequence());
        default -> log.warn("{}: a record of unknown type {}", segment.file(), entry.type());
      }
    }

    private void data(Stream stream, SegmentScanner.Entry entry) {
      if (entry.sequence() <= stream.trimmed()) return;
      stream.add(segment, entry.sequence(), (int) entry.offset(), (int) end);
      records++;
    }

    private void state(Stream stream, SegmentScanner.Entry entry, ByteBuffer body) {
      stream.seen(entry.sequence());
      stream.trim(body.getLong());
      stream.name(new StreamName(StandardCharsets.UTF_8.decode(body).toString()));
    }

    @Override
    public void damaged(long from, long to) {
      holes.add(new long[] {from, to});
    }

    @Override
    public void tail(long from, boolean zeros) {
      torn = true;
      end = from;
      if (!zeros) holes.add(new long[] {from, segment.length()});
    }

    /** Sets the holes aside and cuts the end off, when it may. */
    void settle(boolean newest) {
      boolean whole = holes.size() > HOLES;
      if (whole) holes.add(0, new long[] {0, segment.length()});
      boolean saved = true;
      for (long[] hole : whole ? holes.subList(0, 1) : holes) {
        boolean tail = newest && torn && hole[1] == segment.length() && hole[0] == end;
        Optional<Path> copy = copyAside(segment.file(), hole[0], hole[1]);
        saved &= copy.isPresent();
        report(segment, hole[0], hole[1], tail ? Cause.TORN_TAIL : Cause.DAMAGED, copy);
      }
      if (newest && torn && saved) cut();
    }

    private void cut() {
      try (FileChannel file = FileChannel.open(segment.file(), WRITE)) {
        file.truncate(end);
        file.force(true);
        segment.length(end);
      } catch (IOException failure) {
        log.error("{} keeps its broken end", segment.file(), failure);
      }
    }
  }

  /** Damage may have taken all declarations of a stream and left its records. */
  private void nameNameless() {
    Set<StreamName> taken = new HashSet<>();
    for (Stream stream : streams.values()) stream.name().ifPresent(taken::add);
    Map<Integer, StreamName> names = folder.names().read();
    names.keySet().forEach(number -> nextStream = Math.max(nextStream, number + 1));
    for (Stream stream : streams.values()) {
      StreamName name = names.get(stream.number());
      if (stream.name().isPresent() || name == null || !taken.add(name)) continue;
      stream.name(name);
      log.warn("the name of stream {} was lost and is found again: {}", stream.number(), name);
    }
  }

  private void setNamelessAside() {
    Set<Segment> holders = new HashSet<>();
    for (Stream stream : List.copyOf(streams.values()))
      if (stream.name().isEmpty()) {
        holders.addAll(stream.segments());
        stream.trim(Long.MAX_VALUE);
        streams.remove(stream.number());
      }
    for (Segment segment : holders) {
      Optional<Path> copy = copyAside(segment.file(), 0, segment.length());
      report(segment, 0, segment.length(), Cause.NAME_LOST, copy);
    }
  }

  private void report(Segment segment, long from, long to, Cause cause, Optional<Path> copy) {
    damages.add(new Damage(segment.file(), from, to, cause, copy));
    if (copy.isEmpty()) segment.needed(); // the only copy there is: never to be deleted
    log.warn(
        "{}: {} from byte {} to {}; {}",
        segment.file(),
        cause,
        from,
        to,
        copy.map(path -> "set aside in " + path).orElse("it could not be set aside"));
  }

  private Optional<Path> copyAside(Path file, long from, long to) {
    try {
      return Optional.of(folder.copyAside(file, from, to));
    } catch (IOException failure) {
      log.error("bytes {} to {} of {} cannot be copied", from, to, file, failure);
      return Optional.empty();
    }
  }

  private Optional<Path> moveAside(Path file) {
    try {
      return Optional.of(folder.moveAside(file));
    } catch (IOException failure) {
      log.error("{} cannot be moved away", file, failure);
      return Optional.empty();
    }
  }
}
