package io.mestral.verticles.exporting;

import io.mestral.storage.Metadata;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.csv.CsvArchive;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes archives when it hears at {@link Addresses#EXPORT_WAITS} that one was asked for, at its
 * start those that a former run left, and now and then.
 */
public final class ExportVerticle extends VerticleBase {
  /** How long an archive is there. */
  public static final Duration KEPT = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(ExportVerticle.class);
  private static final Duration LOOKS = Duration.ofMinutes(1);

  private final Parts parts;
  private final MeterRegistry meters;
  private Optional<Exporter> exporter = Optional.empty();

  /**
   * What it works with.
   *
   * @param mail empty: nobody is mailed
   */
  public record Parts(
      Metadata metadata,
      CsvArchive archive,
      ExportFolder folder,
      Optional<ArchiveMail> mail,
      Clock clock) {}

  /** Makes archives of those parts. */
  public ExportVerticle(Parts parts, MeterRegistry meters) {
    this.parts = parts;
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = LocalBus.of(vertx);
    Exporter made =
        new Exporter(vertx, parts, meters, () -> bus.tell(Addresses.MAIL_WAITS, "archive"));
    exporter = Optional.of(made);
    vertx.setPeriodic(LOOKS.toMillis(), tick -> made.work());
    return bus.listen(Addresses.EXPORT_WAITS, news -> made.work())
        .compose(ready -> made.clean())
        .recover( // the node serves without
            failure -> {
              LOG.warn("the folder of archives can't be cleaned: {}", failure.toString());
              return Future.succeededFuture();
            })
        .onSuccess(clean -> made.work());
  }

  @Override
  public Future<?> stop() {
    return exporter.map(Exporter::stop).orElseGet(Future::succeededFuture);
  }
}
