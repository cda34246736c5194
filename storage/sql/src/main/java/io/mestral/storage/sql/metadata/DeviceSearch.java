package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.Device;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.search.Near;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;

/** Finds devices by what is asked of them. */
final class DeviceSearch {
  private static final String TABLE = "devices AS " + SearchText.THING;
  private static final String LATITUDE = SearchText.THING + ".latitude";
  private static final String LONGITUDE = SearchText.THING + ".longitude";

  private final Listing<Device> listing;
  private final Engine engine;

  DeviceSearch(Engine engine) {
    this.engine = engine;
    this.listing = new Listing<>(engine, DeviceRow.ALL, DeviceRow::read);
  }

  Future<Page<Device>> page(Selection selection, Paging paging) {
    SearchText text = new SearchText(engine.dialect(), selection);
    String found =
        TABLE
            + text.heardOf(SearchText.THING)
            + " WHERE "
            + SearchText.THING
            + ".workflow_state = 'active' AND "
            + text.visible(SearchText.THING)
            + text.where();
    if (selection.near().isEmpty()) return listing.page(text, found, text.order(), paging);
    Distance distance = Distance.to(selection.near().get(), text);
    return listing.page(
        text, found + distance.isWithin(), distance.square() + ", " + text.order(), paging);
  }

  /**
   * How far something is from a place, by the haversine formula: what is compared grows with the
   * distance, and knows no edge of the map.
   *
   * @param square of the sine of half the angle between them
   */
  private record Distance(String square, String isWithin) {
    static Distance to(Near near, SearchText text) {
      String latitude = text.real(near.latitude());
      String square =
          "("
              + halfSine(LATITUDE, latitude)
              + " + cos(radians("
              + latitude
              + ")) * cos(radians("
              + LATITUDE
              + ")) * "
              + halfSine(LONGITUDE, text.real(near.longitude()))
              + ")";
      double half = Math.min(Math.PI, near.kilometres() / Near.EARTH_KILOMETRES) / 2;
      String isWithin =
          " AND "
              + LATITUDE
              + " BETWEEN "
              + text.real(near.latitude() - near.reach())
              + " AND "
              + text.real(near.latitude() + near.reach())
              + " AND "
              + square
              + " <= "
              + text.real(Math.pow(Math.sin(half), 2));
      return new Distance(square, isWithin);
    }

    private static String halfSine(String one, String other) {
      return "power(sin(radians(" + one + " - " + other + ") / 2), 2)";
    }
  }
}
