package io.mestral.verticles.http.csv;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.CsvUpload;
import io.mestral.verticles.csv.CardReader;
import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.ingestion.IngestReport;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes in the files of one upload, one after the other: bytes are read on a worker, rows handed to
 * ingestion, and more bytes asked for when these are kept.
 */
final class CardImport implements IncomingFiles.Taker {
  /** A store that is full or away for a moment costs patience, not the upload. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final ReadingIngest ingest;
  private final Supplier<CardReader> readers;
  private final Clock clock;
  private final DeviceId device;
  private final UserId user;
  private final List<CsvUpload> uploads = new ArrayList<>();
  private CardReader reader;
  private String name = "";
  private long readings;
  private Future<Void> handing = Future.succeededFuture();

  /** Who uploads for which device. */
  record Errand(DeviceId device, UserId user) {}

  CardImport(
      Vertx vertx, ReadingIngest ingest, Supplier<CardReader> readers, Errand errand, Clock clock) {
    this.vertx = vertx;
    this.ingest = ingest;
    this.readers = readers;
    this.clock = clock;
    this.device = errand.device();
    this.user = errand.user();
    this.reader = readers.get();
  }

  @Override
  public void begin(String file) {
    reader = readers.get();
    name = file;
    readings = 0;
  }

  @Override
  public Future<Void> take(Buffer bytes) {
    CardReader mine = reader;
    handing = vertx.executeBlocking(() -> mine.take(bytes), true).compose(this::hand);
    return handing;
  }

  @Override
  public Future<Void> end() {
    CardReader mine = reader;
    handing = vertx.executeBlocking(mine::end, true).compose(this::hand);
    return handing.onSuccess(
        kept ->
            close(mine.refusal().isPresent() ? CsvUpload.Outcome.REFUSED : CsvUpload.Outcome.KEPT));
  }

  /**
   * The upload ended early. Succeeds when nothing is under way any more, and the rows of the file
   * in hand that had come are kept, unless it was the store that ended it; what the file came to is
   * noted then.
   */
  Future<Void> breakOff() {
    CardReader mine = reader;
    return handing
        .compose(handed -> vertx.executeBlocking(mine::breakOff, true))
        .compose(this::hand)
        .transform(
            done -> {
              if (mine.tally().bytes() > 0) close(CsvUpload.Outcome.BROKEN_OFF);
              return Future.succeededFuture();
            });
  }

  /** The files so far. */
  List<CsvUpload> uploads() {
    return List.copyOf(uploads);
  }

  private void close(CsvUpload.Outcome outcome) {
    uploads.add(
        new CsvUpload(
            device,
            user,
            name,
            outcome,
            reader.tally().bytes(),
            reader.tally().rows(),
            readings,
            CardReport.of(reader.tally()),
            clock.instant()));
    reader = readers.get();
  }

  private Future<Void> hand(List<CardReader.Part> parts) {
    Future<Void> handed = Future.succeededFuture();
    for (CardReader.Part part : parts) handed = handed.compose(kept -> hand(part));
    return handed;
  }

  private Future<Void> hand(CardReader.Part part) {
    return attempt(part, System.nanoTime() + PATIENCE.toNanos())
        .onSuccess(report -> readings += report.kept())
        .mapEmpty();
  }

  private Future<IngestReport> attempt(CardReader.Part part, long until) {
    return ingest
        .ingest(device, part.batch(), part.text())
        .recover(
            failure -> {
              Refusal why = Refusal.of(failure);
              boolean passes = why == Refusal.UNAVAILABLE || why == Refusal.QUOTA_EXCEEDED;
              if (!passes || System.nanoTime() - until > 0) return Future.failedFuture(failure);
              return vertx
                  .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                  .compose(again -> attempt(part, until));
            });
  }
}
