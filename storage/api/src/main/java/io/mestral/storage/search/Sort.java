package io.mestral.storage.search;

/**
 * An order. Texts follow one another as their small letters do; where nothing stands is last.
 *
 * @param attribute one that a thing has once at most
 * @param descending the greatest first
 */
public record Sort(Attribute attribute, boolean descending) {
  /** Refuses what a thing may have several of. */
  public Sort {
    if (attribute.isMany()) throw new IllegalArgumentException("no order by " + attribute);
  }
}
