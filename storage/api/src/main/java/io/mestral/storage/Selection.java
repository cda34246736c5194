package io.mestral.storage;

import io.mestral.storage.search.LastReadings;
import io.mestral.storage.search.Near;
import io.mestral.storage.search.Search;
import java.util.Optional;

/**
 * Which things of a list are shown to whom, and in which order.
 *
 * @param near only devices there, the nearest first
 * @param heard needed where the search {@link Search#needsReadings}
 */
public record Selection(Visibility viewer, Search search, Optional<Near> near, LastReadings heard) {
  /** All that the viewer may see, by id. */
  public static Selection of(Visibility viewer) {
    return new Selection(viewer, Search.EVERYTHING, Optional.empty(), LastReadings.NONE);
  }

  /** What the viewer may see and asks for. */
  public static Selection of(Visibility viewer, Search search) {
    return new Selection(viewer, search, Optional.empty(), LastReadings.NONE);
  }

  /** The same, of which only devices there. */
  public Selection near(Near place) {
    return new Selection(viewer, search, Optional.of(place), heard);
  }

  /** The same, with what the reading store knows. */
  public Selection heard(LastReadings known) {
    return new Selection(viewer, search, near, known);
  }

  /** Whether that is all the viewer may see, by id. */
  public boolean isEverything() {
    return search.isForEverything() && near.isEmpty();
  }
}
