package io.mestral.storage.embedded.journal;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams and what of them waits to be written. Everything between {@link #begin} and {@link
 * #commit} is written at once; until then nobody can read it, and if that fails it never was.
 * Belongs to the journal's thread.
 */
final class JournalLog {
  private static final Logger log = LoggerFactory.getLogger(JournalLog.class);

  private final JournalOptions options;
  private final SegmentFiles files;
  private final Map<StreamName, Stream> streams = new HashMap<>();
  private final RecordFormat format = new RecordFormat();
  private final List<Written> written = new ArrayList<>();
  private final List<Stream> declared = new ArrayList<>();
  private final List<Stream> noted = new ArrayList<>();
  private ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
  private byte[] scratch = new byte[64 << 10];
  private int nextStream;
  private long catalogueBytes;

  /** A data record of the group, to be found by readers once it is synced. */
  private record Written(Stream stream, long sequence, int start, int end) {}

  JournalLog(JournalOptions options, SegmentFiles files, Recovery.Recovered recovered) {
    this.options = options;
    this.files = files;
    nextStream = recovered.next().stream();
    for (Stream stream : recovered.streams()) stream.name().ifPresent(name -> know(stream, name));
  }

  private void know(Stream stream, StreamName name) {
    streams.put(name, stream);
    catalogueBytes += stateLength(name);
  }

  /** All segments together. */
  long size() {
    return files.size();
  }

  /** Whether something was written and not synced yet. */
  boolean isUnsynced() {
    return files.isUnsynced();
  }

  /**
   * Starts a group of about so many bytes, in a new segment when the current one is full. What no
   * stream needs goes first: on a full disk that is what makes room.
   */
  void begin(long bytes) throws IOException {
    abort();
    files.deleteUnneeded();
    if (files.mustTurn(bytes)) files.turn(this::writeCatalogue);
  }

  /** The catalogue lets a segment stand alone: it names every stream, and how far each is. */
  private void writeCatalogue(SegmentFiles.Sink sink) throws IOException {
    for (Map.Entry<StreamName, Stream> entry : streams.entrySet()) {
      if (out.position() > 512 << 10) flush(sink);
      putState(entry.getValue(), entry.getKey(), sink.segment(), sink.length());
    }
    flush(sink);
  }

  private void flush(SegmentFiles.Sink sink) throws IOException {
    sink.write(out.flip());
    out.clear();
  }

  /**
   * Adds a record to the group and gives its sequence.
   *
   * @param frees whether it may take the room that is left to what makes room
   * @throws RefusedException when there is no room for it
   */
  long append(StreamName name, Buffer body, boolean frees) {
    Stream stream = streams.get(name);
    boolean first = stream == null || !stream.isDeclaredIn(files.current());
    int length = RecordFormat.OVERHEAD + body.length();
    int needed = first ? length + 2 * stateLength(name) : length;
    long most = frees ? options.maxBytes() : options.ordinaryBytes();
    if (files.size() + out.position() + needed > most)
      throw new RefusedException(Refusal.QUOTA_EXCEEDED, "the journal is full");
    if (stream == null) stream = create(name);
    makeRoom(needed);
    // Declared before and behind: one damaged place cannot take the name from its records.
    if (first) putState(stream, name, files.current(), files.length());
    long sequence = putData(stream, body);
    if (first) {
      putState(stream, name, files.current(), files.length());
      stream.declaredIn(files.current());
      declared.add(stream);
    }
    return sequence;
  }

  private Stream create(StreamName name) {
    if (catalogueBytes + stateLength(name) > options.segmentBytes() / 2)
      throw new RefusedException(
          Refusal.QUOTA_EXCEEDED, "the journal has as many streams as it can name");
    Stream stream = new Stream(nextStream++);
    stream.name(name);
    know(stream, name);
    files.nameStream(stream.number(), name);
    return stream;
  }

  private long putData(Stream stream, Buffer body) {
    int length = body.length();
    if (scratch.length < length) scratch = new byte[Math.max(length, 2 * scratch.length)];
    body.getBytes(0, length, scratch, 0);
    long sequence = stream.next();
    int start = out.position();
    RecordFormat.putFixed(out, RecordFormat.DATA, stream.number(), sequence);
    out.put(scratch, 0, length);
    long offset = files.length() + start;
    format.seal(out, start, files.current(), offset);
    written.add(new Written(stream, sequence, (int) offset, (int) offset + out.position() - start));
    return sequence;
  }

  private void putState(Stream stream, StreamName name, long segment, long base) {
    makeRoom(stateLength(name));
    int start = out.position();
    RecordFormat.putFixed(out, RecordFormat.STATE, stream.number(), stream.last());
    out.putLong(stream.trimmed()).put(name.value().getBytes(StandardCharsets.UTF_8));
    format.seal(out, start, segment, base + start);
  }

  private static int stateLength(StreamName name) {
    return RecordFormat.OVERHEAD + 8 + name.value().getBytes(StandardCharsets.UTF_8).length;
  }

  /** Lets go of records, whether or not that can be written down just now. */
  void trim(StreamName name, long upTo) {
    Stream stream = streams.get(name);
    if (stream != null) stream.trim(Math.min(upTo, stream.last()));
  }

  /** Adds to the group how far a stream was trimmed. */
  void noteTrim(StreamName name) {
    Stream stream = streams.get(name);
    if (stream == null || stream.notedTrim() == stream.trimmed()) return;
    putMark(RecordFormat.TRIM, stream.number(), stream.trimmed());
    noted.add(stream);
  }

  /** Adds a record that says nothing, to see whether writing works. */
  void probe() {
    if (files.size() + options.maxRecordBytes() > options.ordinaryBytes())
      throw new RefusedException(Refusal.QUOTA_EXCEEDED, "the journal is full");
    putMark(RecordFormat.PROBE, 0, 0);
  }

  private void putMark(byte type, int stream, long sequence) {
    makeRoom(RecordFormat.OVERHEAD);
    int start = out.position();
    RecordFormat.putFixed(out, type, stream, sequence);
    format.seal(out, start, files.current(), files.length() + start);
  }

  private void makeRoom(int bytes) {
    if (out.remaining() >= bytes) return;
    int wanted = Math.max(out.capacity() * 2, out.position() + bytes);
    out = ByteBuffer.allocateDirect(wanted).put(out.flip());
  }

  /**
   * Writes the group and makes it readable. When that fails the file is cut back to where it was.
   *
   * @return whether it was synced
   */
  boolean commit(boolean sync) throws IOException {
    boolean anything = out.position() > 0;
    if (anything) files.write(out.flip(), sync);
    for (Written one : written)
      one.stream().add(files.currentSegment(), one.sequence(), one.start(), one.end());
    for (Stream stream : noted) stream.notedTrim(stream.trimmed());
    declared.clear();
    abort();
    return anything && sync;
  }

  /** Forgets the group. */
  void abort() {
    for (Stream stream : declared) stream.declaredIn(0);
    declared.clear();
    noted.clear();
    written.clear();
    out.clear();
  }

  void sync() throws IOException {
    files.sync();
  }

  void close() throws IOException {
    files.close();
  }

  /** Gives a stream its applier, and that one all records that are there. */
  void attach(StreamName name, Applier applier) throws IOException {
    Stream known = streams.get(name);
    Stream stream = known == null ? create(name) : known;
    stream.applier(applier);
    SegmentReader.Plan all = plan(name, 0, Integer.MAX_VALUE, Long.MAX_VALUE);
    SegmentReader.each(all, record -> apply(applier, stream, record));
  }

  /** Hands a record that is kept to the stream's applier, if it has one. */
  void apply(StreamName name, long sequence, Buffer body) {
    Stream stream = streams.get(name);
    if (stream != null)
      stream
          .applier()
          .ifPresent(applier -> apply(applier, stream, new JournalRecord(sequence, body)));
  }

  /** What can't be used is kept apart, and stays where it is if that fails. */
  private void apply(Applier applier, Stream stream, JournalRecord record) {
    try {
      applier.apply(record.sequence(), record.body());
    } catch (RuntimeException unusable) {
      StreamName name = stream.name().orElseThrow();
      try {
        Path place = files.setAside(name, record.sequence(), record.body().getBytes());
        log.error(
            "record {} of stream {} lies in {}, for nobody can use it",
            record.sequence(),
            name,
            place,
            unusable);
      } catch (IOException failure) {
        stream.keepFrom(record.sequence()); // until the next start, which tries again
        log.error("record {} of stream {} can't be kept apart", record.sequence(), name, failure);
      }
    }
  }

  /** What would be given back without these streams; the newest segment stays anyway. */
  long heldBy(Collection<StreamName> names) {
    Map<Segment, Integer> needs = new HashMap<>();
    for (StreamName name : names) {
      Stream stream = streams.get(name);
      if (stream != null)
        stream.segments().forEach(segment -> needs.merge(segment, 1, Integer::sum));
    }
    long bytes = 0;
    for (Map.Entry<Segment, Integer> held : needs.entrySet())
      if (held.getKey().needs() == held.getValue() && held.getKey() != files.currentSegment())
        bytes += held.getKey().length();
    return bytes;
  }

  /** Where the next records of a stream lie: at most so many, and about so many bytes. */
  SegmentReader.Plan plan(StreamName name, long after, int limit, long bytes) {
    Stream stream = streams.get(name);
    if (stream == null) return SegmentReader.Plan.NOTHING;
    long from = Math.max(after, stream.trimmed());
    List<Track.Span> spans = stream.spans(from, limit);
    return new SegmentReader.Plan(
        stream.number(), from, stream.lastReadable(), limit, bytes, spans);
  }
}
