package io.mestral.smartapi.rdf;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A blank node: something without a name. Each one is equal to itself alone, in whatever graph it
 * stands, so graphs can be put together without renaming; labels that a document gives its blank
 * nodes end with the reading of it.
 */
public final class Blank implements Resource {
  private static final AtomicLong LAST = new AtomicLong();

  private final long number = LAST.incrementAndGet();

  /** A new blank node, equal to no other. */
  public Blank() {}

  /**
   * A label that no other blank node of this process has, for writers and for people who debug.
   *
   * @return the letter {@code b} and a number
   */
  public String label() {
    return "b" + number;
  }

  /** The node as N-Triples writes it. */
  @Override
  public String toString() {
    return "_:" + label();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }
}
