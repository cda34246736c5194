package io.mestral.storage.search;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked of a list.
 *
 * @param conditions all of them hold
 * @param sorts the first counts most, and after the last the id
 */
public record Search(List<Condition> conditions, List<Sort> sorts) {
  /** Everything, by id. */
  public static final Search EVERYTHING = new Search(List.of(), List.of());

  /** Copies the lists. */
  public Search {
    conditions = List.copyOf(conditions);
    sorts = List.copyOf(sorts);
  }

  /** The same with one more condition. */
  public Search and(Condition more) {
    return new Search(Stream.concat(conditions.stream(), Stream.of(more)).toList(), sorts);
  }

  /** Whether it asks for all, in the usual order. */
  public boolean isForEverything() {
    return conditions.isEmpty() && sorts.isEmpty();
  }

  /** Whether {@link LastReadings} are needed to find it. */
  public boolean needsReadings() {
    return Stream.concat(
            conditions.stream().flatMap(Condition::attributes), sorts.stream().map(Sort::attribute))
        .anyMatch(Attribute::needsReadings);
  }
}
