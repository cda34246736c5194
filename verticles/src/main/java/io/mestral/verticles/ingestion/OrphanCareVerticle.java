package io.mestral.verticles.ingestion;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.Metadata;
import io.mestral.storage.Orphan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for what was held of devices that are registered meanwhile, which a kill or a
 * full disk may have left, and sweeps orphans that nobody touched for long.
 */
public final class OrphanCareVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(OrphanCareVerticle.class);
  private static final Duration ROUND = Duration.ofMinutes(1);
  private static final Duration UNTOUCHED = Duration.ofDays(7);
  private static final Duration HELD = Duration.ofHours(24);
  private static final int AT_ONCE = 100;

  private final Metadata metadata;
  private final Function<SealedToken, Optional<Secret>> open;
  private final OrphanChanges changes;
  private final Clock clock;

  /**
   * @param open unseals a token
   */
  public OrphanCareVerticle(
      Metadata metadata,
      Function<SealedToken, Optional<Secret>> open,
      OrphanChanges changes,
      Clock clock) {
    this.metadata = metadata;
    this.open = open;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    round();
    return Future.succeededFuture();
  }

  private void round() {
    replay()
        .compose(done -> sweep())
        .onFailure(
            failure -> log.warn("orphans could not be looked after: {}", failure.getMessage()))
        .onComplete(done -> vertx.setTimer(ROUND.toMillis(), timer -> round()));
  }

  private Future<Void> replay() {
    return metadata
        .orphans()
        .toReplay(AT_ONCE)
        .compose(
            orphans -> {
              List<Future<Void>> replayed = new ArrayList<>();
              for (Orphan orphan : orphans) replayed.add(replay(orphan));
              return Future.join(replayed).mapEmpty();
            });
  }

  private Future<Void> replay(Orphan orphan) {
    Optional<Secret> token = open.apply(orphan.token());
    if (token.isEmpty()) return Future.succeededFuture();
    Future<Optional<Device>> device = metadata.devices().findByToken(orphan.token().hash());
    return device.compose(
        found ->
            found.isPresent()
                ? changes.registered(found.get(), token.get())
                : Future.succeededFuture());
  }

  private Future<Void> sweep() {
    Instant now = clock.instant();
    return metadata
        .orphans()
        .sweep(now.minus(UNTOUCHED), now.minus(HELD))
        .onSuccess(
            swept -> {
              if (swept > 0) changes.orphansSwept();
            })
        .mapEmpty();
  }
}
