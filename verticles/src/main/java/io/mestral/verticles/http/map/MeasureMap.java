package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.LatestRows;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Home;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The picture of one measure, {@link Renewed} when somebody asks. Belongs to one event loop. */
final class MeasureMap {
  private final Sources sources;
  private final Mean mean;
  private final Means means;
  private final Renewed<Picture> picture;

  /**
   * What all maps are made of.
   *
   * @param written columns of any of them, for the others to use again
   */
  record Sources(
      Vertx vertx,
      Home home,
      Places places,
      ReadingStore readings,
      AtomicReference<Optional<Columns>> written,
      Clock clock) {}

  MeasureMap(Sources sources, Mean mean) {
    this.sources = sources;
    this.mean = mean;
    this.means = new Means(sources.readings(), sources.home(), mean);
    this.picture = new Renewed<>(sources.vertx(), sources.clock());
  }

  /** Succeeds with a picture that lacks nothing older than a second, if that can be. */
  Future<Picture> now(Measure measure) {
    return picture.now(() -> sources.places().now().compose(places -> made(measure, places)));
  }

  /** Readings of the device were removed. */
  void forget(DeviceId device) {
    means.forget(device);
  }

  /** When it was made last, which is when somebody asked. */
  long begunAt() {
    return picture.begunAt();
  }

  private Future<Picture> made(Measure measure, Places.Snapshot places) {
    return sources
        .home()
        .back(sources.readings().latest(places.ids(), measure.ids()))
        .compose(rows -> made(measure, places, rows));
  }

  private Future<Picture> made(Measure measure, Places.Snapshot places, LatestRows rows) {
    if (mean == Mean.NONE)
      return sources
          .vertx()
          .executeBlocking(() -> drawn(measure, places, rows, newest(measure, rows)));
    return means
        .of(places.ids(), rows, measure)
        .compose(
            values -> sources.vertx().executeBlocking(() -> drawn(measure, places, rows, values)));
  }

  private static double[] newest(Measure measure, LatestRows rows) {
    double[] values = new double[rows.size()];
    for (int row = 0; row < values.length; row++)
      if (rows.has(row)) values[row] = measure.shown(rows.sensor(row), rows.value(row));
    return values;
  }

  /** Off the event loop. */
  private Picture drawn(Measure measure, Places.Snapshot places, LatestRows rows, double[] values) {
    long now = sources.clock().instant().getEpochSecond();
    Points shown = Points.of(places.places(), rows, values, now, Place::isPublic);
    Points hidden = Points.of(places.places(), rows, values, now, place -> !place.isPublic());
    Optional<Picture> before = picture.last();
    if (before.isPresent()
        && shown.sameAs(before.get().shown().points())
        && hidden.sameAs(before.get().hidden())) return before.get();
    List<Columns> earlier = new ArrayList<>();
    sources.written().get().ifPresent(earlier::add);
    before.map(Picture::shown).ifPresent(earlier::add);
    Columns columns = Columns.of(shown, earlier);
    sources.written().set(Optional.of(columns));
    return new Picture(measure, mean, columns, hidden);
  }
}
