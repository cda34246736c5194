package io.mestral.model;

/** The name of one running node, unique in its cluster ({@code node.name}). */
public record NodeId(String value) {
  /** Refuses an empty name. */
  public NodeId {
    if (value.isBlank()) throw new IllegalArgumentException("a node needs a name");
  }

  @Override
  public String toString() {
    return value;
  }
}
