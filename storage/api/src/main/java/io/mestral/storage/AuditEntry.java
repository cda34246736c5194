package io.mestral.storage;

import io.mestral.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that somebody did, or tried to do. Nothing in it is a secret.
 *
 * @param actor who; empty for somebody who wasn't signed in
 * @param action the method and the route
 * @param object the number or name of what it was done to
 * @param owner whose that is
 * @param address where from
 * @param status how it ended, as HTTP has it
 * @param fields the names of what was given to be changed
 */
public record AuditEntry(
    long id,
    Instant at,
    Optional<UserId> actor,
    String action,
    Optional<String> object,
    Optional<UserId> owner,
    String address,
    int status,
    List<String> fields) {
  /** Copies the list. */
  public AuditEntry {
    fields = List.copyOf(fields);
  }
}
