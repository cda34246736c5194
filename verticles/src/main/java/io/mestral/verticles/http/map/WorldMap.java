package io.mestral.verticles.http.map;

import io.mestral.model.reading.LatestRows;
import io.mestral.verticles.http.map.Sheet.Mark;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The map of the whole world, {@link Renewed} when somebody asks. Of what is written down and
 * compressed only what changed is made anew. Belongs to one event loop.
 */
final class WorldMap {
  /** Devices of one sheet have ids that differ in the last bits only. */
  private static final int SHEET_BITS = 4;

  /** An eighth of the heap, for the texts; compressed and joined they take about as much again. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private final MeasureMap.Sources sources;
  private final Renewed<World> world;

  WorldMap(MeasureMap.Sources sources) {
    this.sources = sources;
    this.world = new Renewed<>(sources.vertx(), sources.clock());
  }

  /** Succeeds with the answer; who has it already is told so at once. */
  Future<MapAnswer> answer(WorldQuestion question) {
    if (question.viewer().isPresent())
      return world
          .fresh(this::renew)
          .compose(
              now ->
                  sources
                      .vertx()
                      .executeBlocking(() -> now.answer(question, question.viewer().get())));
    return world
        .soon(this::renew)
        .compose(
            now ->
                now.isKnownTo(question)
                    ? Future.succeededFuture(now.unchanged(question.gzip()))
                    : sources.vertx().executeBlocking(() -> now.answer(question)));
  }

  private Future<World> renew() {
    return sources
        .places()
        .settled()
        .compose(
            places ->
                sources
                    .home()
                    .back(sources.readings().latest(places.ids(), List.of()))
                    .compose(
                        rows ->
                            sources.vertx().executeBlocking(() -> drawn(places.places(), rows))));
  }

  /** Off the event loop. */
  private World drawn(List<Place> places, LatestRows rows) {
    Instant now = sources.clock().instant();
    World before = world.last().orElseGet(World::empty);
    SortedMap<Long, Sheet> sheets = new TreeMap<>();
    List<Mark> hidden = new ArrayList<>();
    List<Mark> together = new ArrayList<>();
    for (int row = 0; row < places.size(); row++) {
      Place place = places.get(row);
      if (rows.wasHeard(row)) {
        Mark mark = new Mark(place, place.shown().at(rows.heardAt(row), now));
        if (place.isPublic()) together.add(mark);
        else hidden.add(mark);
      }
      boolean isLast = row + 1 == places.size() || sheetOf(places.get(row + 1)) != sheetOf(place);
      if (!isLast || together.isEmpty()) continue;
      sheets.put(sheetOf(place), sheet(before.sheets().get(sheetOf(place)), together));
      together.clear();
    }
    return new World(sheets, hidden).within(MOST_BYTES);
  }

  private static Sheet sheet(Sheet before, List<Mark> marks) {
    return before != null && before.shows(marks) ? before : Sheet.of(marks);
  }

  private static long sheetOf(Place place) {
    return place.id().value() >> SHEET_BITS;
  }
}
