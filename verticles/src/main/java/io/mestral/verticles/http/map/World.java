package io.mestral.verticles.http.map;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Visibility;
import io.mestral.verticles.http.map.Sheet.Mark;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** The map of the whole world at one moment, as everybody sees it, and what else some may see. */
final class World {
  private static final Piece BEGIN = Piece.of("[");
  private static final Piece BETWEEN = Piece.of(",");
  private static final Piece END = Piece.of("]");
  private static final String COMPRESSED = "-gzip";

  private final SortedMap<Long, Sheet> sheets;
  private final List<Mark> hidden;
  private final String tag;
  private final AtomicReference<Buffer> plain = new AtomicReference<>();
  private final AtomicReference<Buffer> gzip = new AtomicReference<>();

  /**
   * @param sheets of public devices, by their ids
   * @param hidden private devices
   */
  World(SortedMap<Long, Sheet> sheets, List<Mark> hidden) {
    this.sheets = sheets;
    this.hidden = hidden;
    this.tag = tagOf(sheets.values());
  }

  /** Nothing yet. */
  static World empty() {
    return new World(new TreeMap<>(), List.of());
  }

  SortedMap<Long, Sheet> sheets() {
    return sheets;
  }

  /** Ends who asks when the texts take more memory than that. */
  World within(long bytes) {
    long size = 0;
    for (Sheet sheet : sheets.values()) size += sheet.piece().text().length;
    if (size > bytes)
      throw new RefusedException(
          Refusal.UNAVAILABLE, "The map takes more memory than this node has for it");
    return this;
  }

  /** What is to be said without looking further: the asker has it already. */
  boolean isKnownTo(WorldQuestion question) {
    return question.known().matches(quoted(tag, false))
        || question.known().matches(quoted(tag, true));
  }

  MapAnswer unchanged(boolean isGzip) {
    return MapAnswer.unchanged(quoted(tag, isGzip));
  }

  /** What everybody is answered; takes its time when it is the first. */
  MapAnswer answer(WorldQuestion question) {
    boolean isGzip = question.gzip();
    AtomicReference<Buffer> kept = isGzip ? gzip : plain;
    if (kept.get() == null) {
      PointsBody body = body(List.copyOf(sheets.values()));
      kept.set(isGzip ? body.gzip() : body.plain());
    }
    return new MapAnswer(quoted(tag, isGzip), kept.get(), true, true);
  }

  /** What somebody is answered who may see more; takes its time. */
  MapAnswer answer(WorldQuestion question, Visibility viewer) {
    List<Mark> own = hidden.stream().filter(mark -> mark.place().isOpenTo(viewer)).toList();
    if (own.isEmpty()) return isKnownTo(question) ? unchanged(question.gzip()) : answer(question);
    List<Sheet> all = new ArrayList<>(sheets.values());
    all.add(Sheet.of(own));
    String allTag = tagOf(all);
    String etag = quoted(allTag, question.gzip());
    if (question.known().matches(etag)) return MapAnswer.unchanged(etag);
    PointsBody body = body(all);
    return new MapAnswer(etag, question.gzip() ? body.gzip() : body.plain(), true, false);
  }

  private static PointsBody body(List<Sheet> sheets) {
    List<Piece> pieces = new ArrayList<>(sheets.size() * 2 + 2);
    pieces.add(BEGIN);
    for (Sheet sheet : sheets) {
      if (pieces.size() > 1) pieces.add(BETWEEN);
      pieces.add(sheet.piece());
    }
    pieces.add(END);
    return new PointsBody(pieces);
  }

  private static String tagOf(Collection<Sheet> sheets) {
    MessageDigest all = Sheet.sha256();
    for (Sheet sheet : sheets) all.update(sheet.digest());
    return HexFormat.of().formatHex(all.digest(), 0, 16);
  }

  /** Strong: what is compressed is another representation (RFC 9110, section 8.8.3). */
  private static String quoted(String tag, boolean isGzip) {
    return "\"" + tag + (isGzip ? COMPRESSED : "") + "\"";
  }
}
