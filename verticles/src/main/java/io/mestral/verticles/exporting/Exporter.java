package io.mestral.verticles.exporting;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.CsvExport;
import io.mestral.storage.CsvExport.Outcome;
import io.mestral.storage.CsvExports;
import io.mestral.storage.Mail;
import io.mestral.storage.Metadata;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.csv.CsvRows;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the archives that wait, one after the other; what a stop cuts short is begun again. Belongs
 * to one context.
 */
final class Exporter {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  private final Vertx vertx;
  private final Metadata metadata;
  private final CsvExports exports;
  private final CsvArchive archive;
  private final ExportFolder folder;
  private final Optional<ArchiveMail> mail;
  private final Runnable mailWaits;
  private final Clock clock;
  private final Counter made;
  private final Counter failed;
  private Future<Void> working = Future.succeededFuture();
  private boolean busy;
  private boolean again;
  private boolean stopping;

  Exporter(Vertx vertx, ExportVerticle.Parts parts, MeterRegistry meters, Runnable mailWaits) {
    this.vertx = vertx;
    this.metadata = parts.metadata();
    this.exports = metadata.csvExports();
    this.archive = parts.archive();
    this.folder = parts.folder();
    this.mail = parts.mail();
    this.clock = parts.clock();
    this.mailWaits = mailWaits;
    this.made = meters.counter("mestral.csv.archives.made");
    this.failed = meters.counter("mestral.csv.archives.failed");
  }

  /** Removes what a former run left that nobody knows of. */
  Future<Void> clean() {
    return exports
        .names()
        .compose(
            names ->
                vertx.executeBlocking(
                    () -> {
                      folder.keepOnly(new HashSet<>(names));
                      return null;
                    }));
  }

  /** Forgets what expired, then makes what waits; a call while that goes on has it look again. */
  void work() {
    again = true;
    if (busy || stopping) return;
    busy = true;
    again = false;
    working =
        forgetExpired()
            .compose(done -> exports.waiting(CsvExports.MOST_WAITING))
            .compose(this::makeAll)
            .onComplete(
                done -> {
                  busy = false;
                  if (done.failed()) LOG.warn("archives wait: {}", done.cause().toString());
                  else if (again) work();
                });
  }

  /** Succeeds when nothing is under way any more. */
  Future<Void> stop() {
    stopping = true;
    return working.otherwiseEmpty();
  }

  private Future<Void> forgetExpired() {
    return exports
        .forget(clock.instant())
        .compose(names -> names.isEmpty() ? Future.succeededFuture() : remove(names));
  }

  private Future<Void> remove(List<String> names) {
    return vertx.executeBlocking(
        () -> {
          for (String name : names) folder.remove(name);
          return null;
        });
  }

  private Future<Void> makeAll(List<CsvExport> waiting) {
    Future<Void> making = Future.succeededFuture();
    for (CsvExport export : waiting)
      making = making.compose(done -> stopping ? Future.succeededFuture() : makeNext(export));
    return making;
  }

  private Future<Void> makeNext(CsvExport export) {
    return forgetExpired() // for room, where those before took long
        .compose(done -> make(export))
        .recover(why -> later(export, why));
  }

  /** One that can't be made now doesn't hold up the others. */
  private static Future<Void> later(CsvExport export, Throwable why) {
    LOG.warn("the archive for device {} waits: {}", export.device(), said(why, export));
    return Future.succeededFuture();
  }

  /** Without the file's name, which is a secret. */
  private static String said(Throwable why, CsvExport export) {
    return why.toString().replace(export.name(), "…");
  }

  private Future<Void> make(CsvExport export) {
    return metadata
        .devices()
        .find(export.device())
        .compose(
            device ->
                device.isEmpty()
                    ? Future.succeededFuture() // forgotten when it expires
                    : make(export, device.get()));
  }

  private Future<Void> make(CsvExport export, Device device) {
    TimeRange all =
        new TimeRange(
            ReadingIngest.EARLIEST.getEpochSecond(),
            clock.instant().plus(ReadingIngest.TOLERANCE).getEpochSecond());
    return archive
        .open(export.device(), all)
        .compose(rows -> write(export, rows))
        .compose(bytes -> finish(export, device, bytes))
        .recover(
            failure ->
                isFinal(failure, export) ? giveUp(export, failure) : Future.failedFuture(failure));
  }

  private Future<Long> write(CsvExport export, CsvRows rows) {
    return vertx
        .executeBlocking(() -> folder.draft(export.name()))
        .compose(
            draft ->
                rows.sendTo(piece -> write(draft, piece))
                    .compose(sent -> vertx.executeBlocking(draft::publish))
                    .recover(failure -> discard(draft, failure)));
  }

  private Future<Void> write(Draft draft, Buffer piece) {
    if (stopping)
      return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "the node stops"));
    return vertx.executeBlocking(
        () -> {
          draft.write(piece);
          return null;
        });
  }

  private Future<Long> discard(Draft draft, Throwable why) {
    return vertx
        .<Long>executeBlocking(
            () -> {
              draft.discard();
              return null;
            })
        .transform(discarded -> Future.failedFuture(why));
  }

  private Future<Void> finish(CsvExport export, Device device, long bytes) {
    Instant now = clock.instant();
    Instant expiry = now.plus(ExportVerticle.KEPT);
    return letter(export, device, expiry)
        .compose(
            letter ->
                exports.finish(
                    export.id(), new Outcome(now, bytes, Optional.empty()), expiry, letter))
        .compose(
            first -> {
              if (!first) return remove(List.of(export.name())); // it was forgotten meanwhile
              made.increment();
              mailWaits.run();
              return Future.succeededFuture();
            });
  }

  private Future<Optional<Mail>> letter(CsvExport export, Device device, Instant expiry) {
    if (mail.isEmpty()) return Future.succeededFuture(Optional.empty());
    return metadata
        .users()
        .find(export.user())
        .map(
            (Optional<User> user) ->
                user.flatMap(who -> mail.get().ready(export, device, who, expiry)));
  }

  /** What will fail again and again is told; what waits for a store that is away is tried again. */
  private boolean isFinal(Throwable failure, CsvExport export) {
    Instant latest = export.requestedAt().plus(Duration.ofDays(1));
    return Refusal.of(failure) == Refusal.TOO_LARGE || clock.instant().isAfter(latest);
  }

  private Future<Void> giveUp(CsvExport export, Throwable why) {
    LOG.warn("no archive for device {}: {}", export.device(), said(why, export));
    failed.increment();
    Instant now = clock.instant();
    String told = why instanceof RefusedException ? why.getMessage() : "it can't be made";
    return exports
        .finish(
            export.id(),
            new Outcome(now, 0, Optional.of(told)),
            now.plus(ExportVerticle.KEPT),
            Optional.empty())
        .mapEmpty();
  }
}
