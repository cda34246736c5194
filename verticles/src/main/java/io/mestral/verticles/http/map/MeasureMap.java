package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.LatestRows;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The picture of one measure, made anew when somebody asks and it is older than a second. A store
 * that is slow to answer isn't asked more than half of the time. Belongs to one event loop.
 */
final class MeasureMap {
  private static final long FRESH_MILLIS = 1_000;
  private static final long SHARE = 2;

  /** An older picture is shown after that. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Sources sources;
  private final Mean mean;
  private final Means means;
  private Optional<Picture> picture = Optional.empty();
  private Optional<Future<Picture>> making = Optional.empty();
  private long begunAt;
  private long pauseMillis = FRESH_MILLIS;

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
  }

  /** Succeeds with a picture that lacks nothing older than a second, if that can be. */
  Future<Picture> now(Measure measure) {
    if (making.isEmpty() && picture.isPresent() && !isOld())
      return Future.succeededFuture(picture.get());
    Future<Picture> coming = making.isPresent() ? making.get() : make(measure);
    return picture.isPresent() ? orElse(picture.get(), coming) : coming;
  }

  /** Readings of the device were removed. */
  void forget(DeviceId device) {
    means.forget(device);
  }

  /** When it was made last, which is when somebody asked. */
  long begunAt() {
    return begunAt;
  }

  private boolean isOld() {
    long age = sources.clock().millis() - begunAt;
    return age < 0 || age >= pauseMillis;
  }

  private Future<Picture> orElse(Picture older, Future<Picture> coming) {
    Promise<Picture> promise = Promise.promise();
    long timer = sources.vertx().setTimer(PATIENCE_MILLIS, late -> promise.tryComplete(older));
    coming.onComplete(
        done -> {
          sources.vertx().cancelTimer(timer);
          if (done.succeeded()) promise.tryComplete(done.result());
          else promise.tryFail(done.cause());
        });
    return promise.future();
  }

  private Future<Picture> make(Measure measure) {
    Promise<Picture> promise = Promise.promise();
    making = Optional.of(promise.future());
    begunAt = sources.clock().millis();
    long begun = System.nanoTime();
    sources
        .places()
        .now()
        .compose(places -> made(measure, places))
        .onComplete(
            done -> {
              making = Optional.empty();
              pauseMillis = picture.isPresent() ? pauseAfter(begun) : FRESH_MILLIS;
              if (done.succeeded()) picture = Optional.of(done.result());
              promise.handle(done);
            });
    return promise.future();
  }

  /** The first picture doesn't count: it takes what none takes after it. */
  private static long pauseAfter(long begunNanos) {
    return Math.max(FRESH_MILLIS, SHARE * (System.nanoTime() - begunNanos) / 1_000_000);
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
    Optional<Picture> before = picture;
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
