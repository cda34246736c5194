package io.mestral.verticles.ingestion;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that hold the entries used last, and no more than so many. */
final class Recent {
  private Recent() {}

  static <K, V> Map<K, V> map(int entries) {
    return new LinkedHashMap<>(1024, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entries;
      }
    };
  }
}
