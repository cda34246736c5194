package io.mestral.storage.replica;

/**
 * What a record is of.
 *
 * @param kind such as {@code user}; a later version may know more kinds than this one
 * @param name which one of its kind, as a rule a UUID
 */
public record ReplicaName(String kind, String name) implements Comparable<ReplicaName> {
  @Override
  public int compareTo(ReplicaName other) {
    int kinds = kind.compareTo(other.kind);
    return kinds == 0 ? name.compareTo(other.name) : kinds;
  }
}
