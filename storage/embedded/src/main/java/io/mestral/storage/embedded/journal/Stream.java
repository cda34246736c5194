package io.mestral.storage.embedded.journal;

import io.mestral.storage.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the journal's thread knows of one stream. */
final class Stream {
  private final int number;
  private final ArrayDeque<Track> tracks = new ArrayDeque<>();
  private Optional<StreamName> name = Optional.empty();
  private Optional<Applier> applier = Optional.empty();
  private long last;
  private long trimmed;
  private long keptFrom = Long.MAX_VALUE;
  private long notedTrim;
  private long declaredIn;

  Stream(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Empty while recovery has seen records of it and no declaration. */
  Optional<StreamName> name() {
    return name;
  }

  void name(StreamName value) {
    name = Optional.of(value);
  }

  Optional<Applier> applier() {
    return applier;
  }

  void applier(Applier value) {
    applier = Optional.of(value);
  }

  /** The highest sequence given away. */
  long last() {
    return last;
  }

  /** Gives the next number away; a number is used once, whatever becomes of the record. */
  long next() {
    return ++last;
  }

  void seen(long sequence) {
    last = Math.max(last, sequence);
  }

  /** The highest sequence that is not needed any more. */
  long trimmed() {
    return trimmed;
  }

  /** What the files say about {@link #trimmed}. */
  long notedTrim() {
    return notedTrim;
  }

  void notedTrim(long value) {
    notedTrim = value;
  }

  /** Whether its state stands in front of its records in that segment. */
  boolean isDeclaredIn(long segment) {
    return declaredIn == segment;
  }

  void declaredIn(long segment) {
    declaredIn = segment;
  }

  /** Remembers where a record lies; they come in the order of the segments. */
  void add(Segment segment, long sequence, int start, int end) {
    Track track = tracks.peekLast();
    if (track == null || track.segment() != segment) {
      track = new Track(segment);
      tracks.addLast(track);
      segment.needed();
    }
    track.add(sequence, start, end);
    seen(sequence);
  }

  /** From here on nothing is trimmed. */
  void keepFrom(long sequence) {
    keptFrom = Math.min(keptFrom, sequence);
  }

  /** Forgets records, and lets go of segments where none is left. */
  void trim(long upTo) {
    trimmed = Math.max(trimmed, Math.min(upTo, keptFrom - 1));
    seen(trimmed);
    while (!tracks.isEmpty() && tracks.peekFirst().last() <= trimmed)
      tracks.removeFirst().segment().released();
  }

  /** The highest sequence that can be read. */
  long lastReadable() {
    return tracks.isEmpty() ? trimmed : tracks.peekLast().last();
  }

  List<Segment> segments() {
    return tracks.stream().map(Track::segment).toList();
  }

  /** Stretches that hold the next {@code limit} records above {@code after}, and perhaps more. */
  List<Track.Span> spans(long after, int limit) {
    List<Track.Span> spans = new ArrayList<>();
    int enough = limit == Integer.MAX_VALUE ? limit : limit + 1; // the first may end at "after"
    for (Track track : tracks) {
      if (spans.size() >= enough) break;
      if (track.last() > after) track.spans(after, enough, spans);
    }
    return spans;
  }
}
