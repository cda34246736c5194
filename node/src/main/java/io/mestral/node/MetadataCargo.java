package io.mestral.node;

import io.mestral.config.PostgresOptions;
import io.mestral.node.moving.MetadataInUse;
import io.mestral.node.moving.MetadataMove;
import io.mestral.node.moving.MoveBroken;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.mestral.storage.postgresql.schema.SchemaMismatch;
import io.mestral.storage.postgresql.schema.ServerUnusable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metadata: in the data folder, or on a server. */
final class MetadataCargo implements Cargo {
  private static final Logger log = LoggerFactory.getLogger(MetadataCargo.class);

  /** Changes are refused meanwhile: who waits for a server that is away waits without a move. */
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(15);

  private static final Duration BEFORE_CLOSING = Duration.ofSeconds(1);

  private final MetadataInUse inUse;
  private final MetadataHomes homes;
  private final Leftovers leftovers;
  private volatile Optional<PostgresOptions> used;

  /**
   * @param used where it is; empty: in the data folder
   */
  MetadataCargo(
      MetadataInUse inUse,
      MetadataHomes homes,
      Leftovers leftovers,
      Optional<PostgresOptions> used) {
    this.inUse = inUse;
    this.homes = homes;
    this.leftovers = leftovers;
    this.used = used;
  }

  @Override
  public Whereabouts.Place used() {
    return Whereabouts.Place.ofMetadata(used);
  }

  @Override
  public Destination destination(String text) {
    return new There(
        text.equals(Whereabouts.EMBEDDED)
            ? Optional.empty()
            : Optional.of(PostgresOptions.of(text)));
  }

  private final class There implements Destination {
    private final Optional<PostgresOptions> server;

    There(Optional<PostgresOptions> server) {
      this.server = server;
    }

    @Override
    public Whereabouts.Place place() {
      return Whereabouts.Place.ofMetadata(server);
    }

    @Override
    public void bring(Attempt attempt) {
      MovableMetadata former = inUse.engine();
      MovableMetadata target = opened();
      try {
        claim(attempt, target);
        new MetadataMove(
                inUse,
                target,
                LONGEST_ABSENCE,
                attempt.progress(),
                attempt::isStopped,
                attempt::commit)
            .run();
      } finally {
        if (inUse.engine() != target) close(target);
      }
      Optional<PostgresOptions> before = used;
      used = server;
      MetadataHome.forget(homes.folder()); // the next start notes the database that is used now
      homes.measure(target);
      LockSupport.parkNanos(BEFORE_CLOSING.toNanos());
      close(former);
      if (before.isEmpty()) leftovers.setMetadataAside();
    }

    private void claim(Attempt attempt, MovableMetadata target) {
      boolean served = isSealed(target);
      if (!MetadataMove.isEmpty(target)) attempt.claim(Optional.of("people's accounts"), served);
      else if (served) attempt.claim(Optional.of("the seal of a node that has used it"), true);
      else attempt.claim(Optional.empty(), false);
    }

    /** A node seals a database at its first start on it; a move doesn't. */
    private boolean isSealed(MovableMetadata target) {
      return target instanceof PostgresMetadata database
          && database
              .seal()
              .look()
              .toCompletionStage()
              .toCompletableFuture()
              .join()
              .seal()
              .isPresent();
    }

    private MovableMetadata opened() {
      try {
        return homes.open(server);
      } catch (ServerUnusable | SchemaMismatch unusable) {
        throw MoveBroken.because(unusable.getMessage());
      }
    }

    private void close(MovableMetadata closed) {
      try {
        closed.close().toCompletionStage().toCompletableFuture().join();
      } catch (CompletionException failure) {
        log.warn("metadata that isn't used any more did not close", failure);
      }
    }
  }
}
