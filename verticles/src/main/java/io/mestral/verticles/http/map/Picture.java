package io.mestral.verticles.http.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.platform.Sensor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One measure of all devices at one time: the public ones written down, the private ones for those
 * who may see them.
 */
final class Picture {
  private static final Piece BETWEEN = Piece.of(",");
  private static final Piece CLOSED = Piece.of("]");
  private static final Piece END = Piece.of("}\n");

  private final Piece head;
  private final Columns shown;
  private final Points hidden;
  private final PointsBody forVisitors;
  private final AtomicReference<Buffer> plain = new AtomicReference<>();
  private final AtomicReference<Buffer> gzip = new AtomicReference<>();

  Picture(Measure measure, Mean mean, Columns shown, Points hidden) {
    this.head = Piece.of(head(measure, mean));
    this.shown = shown;
    this.hidden = hidden;
    this.forVisitors = body(List.of(shown));
  }

  /** Everything before the columns, without the end of the object. */
  private static String head(Measure measure, Mean mean) {
    ObjectNode head = JsonNodeFactory.instance.objectNode().put("measure", measure.key());
    if (mean == Mean.NONE) head.putNull("mean");
    else head.put("mean", mean.label());
    ArrayNode sensors = head.putArray("sensors");
    for (Sensor sensor : measure.sensors())
      sensors
          .addObject()
          .put("id", sensor.id().value())
          .put("key", sensor.defaultKey())
          .put("unit", sensor.unit().orElse(null));
    String text = head.toString();
    return text.substring(0, text.length() - 1);
  }

  Columns shown() {
    return shown;
  }

  Points hidden() {
    return hidden;
  }

  /** What somebody is answered; takes its time. */
  MapAnswer answer(PointsQuestion question) {
    Points own = hidden.only(place -> place.isOpenTo(question.viewer()));
    PointsBody body =
        own.size() == 0 ? forVisitors : body(List.of(shown, Columns.of(own, List.of())));
    String etag = body.etag();
    if (question.known().matches(etag)) return MapAnswer.unchanged(etag);
    if (own.size() > 0)
      return new MapAnswer(etag, question.gzip() ? body.gzip() : body.plain(), true, false);
    return new MapAnswer(etag, question.gzip() ? gzip() : plain(), true, true);
  }

  private Buffer plain() {
    if (plain.get() == null) plain.set(forVisitors.plain());
    return plain.get();
  }

  private Buffer gzip() {
    if (gzip.get() == null) gzip.set(forVisitors.gzip());
    return gzip.get();
  }

  private PointsBody body(List<Columns> parts) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(head);
    for (Columns.Name name : Columns.Name.values()) {
      pieces.add(Piece.of(",\"" + name.name().toLowerCase(Locale.ROOT) + "\":["));
      boolean first = true;
      for (Columns part : parts) {
        if (part.isEmpty()) continue;
        if (!first) pieces.add(BETWEEN);
        pieces.add(part.piece(name));
        first = false;
      }
      pieces.add(CLOSED);
    }
    pieces.add(END);
    return new PointsBody(pieces);
  }
}
