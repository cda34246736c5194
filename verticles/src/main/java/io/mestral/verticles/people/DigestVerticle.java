package io.mestral.verticles.people;

import io.mestral.model.UserId;
import io.mestral.storage.Digests;
import io.mestral.storage.Metadata;
import io.mestral.storage.Steps;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails those who want it, every Monday morning of theirs, how their devices did in the week
 * before; who was not told then, because no node ran, is told later in the week.
 */
public final class DigestVerticle extends VerticleBase {
  /** Between the end of one round and the next. */
  public static final Duration PAUSE = Duration.ofMinutes(20);

  private static final Logger LOG = LoggerFactory.getLogger(DigestVerticle.class);
  private static final LocalTime MORNING = LocalTime.of(8, 0);
  private static final int PAGE = 100;

  private final Digests digests;
  private final DigestWriter writer;
  private final Clock clock;
  private final Duration pause;

  /**
   * @param pause between two rounds, {@link #PAUSE} but for tests
   */
  public DigestVerticle(Metadata metadata, DigestWriter writer, Clock clock, Duration pause) {
    this.digests = metadata.digests();
    this.writer = writer;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Future<?> start() {
    vertx.setTimer(pause.toMillis(), timer -> round());
    return Future.succeededFuture();
  }

  private void round() {
    AtomicReference<UserId> last = new AtomicReference<>(new UserId(0));
    Steps.until(() -> page(last))
        .onFailure(failure -> LOG.warn("digests can't be written: {}", failure.toString()))
        .onComplete(done -> vertx.setTimer(pause.toMillis(), timer -> round()));
  }

  /** Succeeds with whether there was nobody more behind the last one. */
  private Future<Boolean> page(AtomicReference<UserId> last) {
    Instant now = clock.instant();
    return digests
        .due(last.get(), now, PAGE)
        .compose(
            readers -> {
              if (readers.isEmpty()) return Future.succeededFuture(true);
              last.set(readers.get(readers.size() - 1).user().id());
              return Steps.forEach(readers, reader -> tell(reader, now)).map(done -> false);
            });
  }

  private Future<?> tell(Digests.Reader reader, Instant now) {
    Instant monday = lastMonday(now, reader.user().preferences().zone());
    if (reader.toldAt().filter(told -> !told.isBefore(monday)).isPresent())
      return Future.succeededFuture();
    return writer
        .write(reader.user(), monday)
        .compose(
            mail ->
                mail.isPresent()
                    ? digests.tell(reader.user().id(), mail.get(), now, monday)
                    : Future.succeededFuture(false))
        .onSuccess(
            told -> {
              if (told) LocalBus.of(vertx).tell(Addresses.MAIL_WAITS, "digest");
            });
  }

  /** The last Monday morning that is over, by the reader's clock. */
  static Instant lastMonday(Instant now, ZoneId zone) {
    Instant thisWeeks =
        now.atZone(zone)
            .toLocalDate()
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
            .atTime(MORNING)
            .atZone(zone)
            .toInstant();
    return thisWeeks.isAfter(now) ? lastMonday(now.minus(Duration.ofDays(1)), zone) : thisWeeks;
  }
}
