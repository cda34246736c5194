package io.mestral.verticles.uplink.state;

import io.mestral.storage.replica.ReplicaName;
import java.util.List;
import java.util.Optional;

/**
 * What an edge is told (docs/edge.md).
 *
 * @param edge whom it is for
 * @param number greater than that of every message that the edge has taken
 * @param from the digest of what the edge has to have, for this to be the difference; empty when it
 *     is the whole
 * @param to the digest of what it has then
 * @param tokenKey what tokens are hashed with
 * @param records that are new, or others than before
 * @param gone which are no more
 */
public record StateMessage(
    String edge,
    long number,
    Optional<String> from,
    String to,
    byte[] tokenKey,
    List<StateRecord> records,
    List<ReplicaName> gone) {
  /** Copies what could change. */
  public StateMessage {
    tokenKey = tokenKey.clone();
    records = List.copyOf(records);
    gone = List.copyOf(gone);
  }

  @Override
  public byte[] tokenKey() {
    return tokenKey.clone();
  }
}
