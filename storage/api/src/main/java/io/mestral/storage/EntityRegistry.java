package io.mestral.storage;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The Smart API Entities that a node knows beside the platform's devices. */
public interface EntityRegistry {
  /** How many bytes the documents of a page have together, unless it is a single one. */
  long MAX_PAGE_BYTES = 8 << 20;

  /**
   * Writes Entities, in place of those with the same IRIs, and removes others, all of it or
   * nothing. Removing what isn't there is no error.
   */
  Future<Void> apply(List<StoredEntity> puts, List<String> removals);

  /** The Entity with this IRI; empty when there is none. */
  Future<Optional<StoredEntity>> find(String iri);

  /**
   * Entities after an IRI in the order of their IRIs by code point, from the first on after the
   * empty text: at most {@code limit}, and fewer when they would be more than {@link
   * #MAX_PAGE_BYTES}. None when there are no more.
   */
  Future<List<StoredEntity>> page(String after, int limit);
}
