package io.mestral.storage;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A Smart API Entity that somebody created, registered or announced, as a node keeps it.
 *
 * @param iri absolute, at most {@link #MAX_IRI} bytes in UTF-8
 * @param owner IRI of whom it belongs to
 * @param gateway name of the gateway that announced it; empty when nobody else is asked about it
 * @param document what is known of it, N-Triples in UTF-8, at most {@link #MAX_DOCUMENT} bytes
 * @param registeredAt when it was said last that it is there, in milliseconds
 * @param changedAt when the document was written last, in milliseconds
 */
public record StoredEntity(
    String iri,
    String owner,
    Optional<String> gateway,
    Buffer document,
    Instant registeredAt,
    Instant changedAt) {
  /** Bytes that an IRI has at most; PostgreSQL's indexes take no text of more than 2,704. */
  public static final int MAX_IRI = 2_048;

  /** Bytes that a document has at most. */
  public static final int MAX_DOCUMENT = 1 << 20;
}
