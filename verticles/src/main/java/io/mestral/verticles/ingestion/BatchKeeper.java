package io.mestral.verticles.ingestion;

import io.mestral.model.reading.Reading;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.ingestion.IngestReport.Outcome;
import io.vertx.core.Future;
import java.util.List;

/** Keeps what is usable of a batch, each part where it belongs (spec 1.8). */
final class BatchKeeper {
  private static final Future<Void> DONE = Future.succeededFuture();

  /** Where things are kept. */
  record Stores(
      Components components, Quarantine quarantine, ReadingStore readings, ForwardQueue forward) {}

  private final Stores stores;
  private final IngestNotes notes;
  private final IngestMetrics metrics;
  private final ReadingNews news;
  private SensorIndex catalogue;

  BatchKeeper(
      Stores stores,
      SensorIndex catalogue,
      IngestNotes notes,
      IngestMetrics metrics,
      ReadingNews news) {
    this.news = news;
    this.stores = stores;
    this.catalogue = catalogue;
    this.notes = notes;
    this.metrics = metrics;
  }

  /** Goes by another catalogue from the next batch on. */
  void goBy(SensorIndex changed) {
    catalogue = changed;
  }

  /** Succeeds once every reading, and every entry that is set apart, is kept. */
  Future<IngestReport> keep(KnownDevice device, Batch batch, Arrival arrival) {
    BatchReadings found = new BatchReadings(device, catalogue, arrival.at());
    found.addAll(batch);
    return keep(device, found, arrival);
  }

  private Future<IngestReport> keep(KnownDevice device, BatchReadings found, Arrival arrival) {
    count(found);
    Future<Void> beside = keepRest(device, found, arrival);
    Future<Void> kept = found.readings.isEmpty() ? DONE : append(device, found, arrival);
    Future<?> all = beside.succeeded() ? kept : Future.join(kept, beside);
    return all.map(new IngestReport(Outcome.KEPT, found.readings.size(), found.entriesSkipped));
  }

  /** The same for readings that were stored by another node. */
  Future<IngestReport> keepStored(KnownDevice device, List<Reading> readings, Arrival arrival) {
    BatchReadings found = new BatchReadings(device, catalogue, arrival.at());
    found.addStored(readings);
    return keep(device, found, arrival);
  }

  private void count(BatchReadings found) {
    if (found.isClean()) return;
    metrics.entriesSkipped.increment(found.entriesSkipped);
    metrics.unknownSensors.increment(found.unknownSensors);
    metrics.valuesSkipped.increment(found.valuesSkipped);
    metrics.quarantined.increment(found.quarantined.size());
  }

  private Future<Void> append(KnownDevice device, BatchReadings found, Arrival arrival) {
    Future<Future<Void>> appending =
        device.inOrder(
            () ->
                device
                    .ensureComponents(found.sensors, stores.components())
                    .map(ready -> write(device, found, arrival)));
    return appending
        .compose(kept -> kept)
        .onSuccess(
            kept -> {
              metrics.readings.increment(found.readings.size());
              news.kept(device.id());
            });
  }

  private Future<Void> write(KnownDevice device, BatchReadings found, Arrival arrival) {
    Future<Void> kept = stores.readings().append(found.readings);
    if (!device.isForwarded()) return kept;
    Future<Void> queued =
        device
            .recentBatches()
            .once(
                arrival,
                () -> stores.forward().add(device.id(), found.readings),
                metrics.repeats::increment);
    return Future.join(kept, queued).mapEmpty();
  }

  private Future<Void> setApart(
      KnownDevice device, List<QuarantinedEntry> entries, Arrival arrival) {
    Quarantine quarantine = stores.quarantine();
    if (!arrival.again()) return quarantine.add(entries);
    return quarantine
        .of(device.id(), Quarantine.KEPT_PER_DEVICE)
        .compose(
            known ->
                quarantine.add(entries.stream().filter(entry -> !known.contains(entry)).toList()));
  }

  private Future<Void> keepRest(KnownDevice device, BatchReadings found, Arrival arrival) {
    if (found.isClean()) return DONE;
    Future<Void> noted = DONE;
    for (String problem : found.problems)
      noted = noted.compose(done -> notes.add(device, arrival, "Timestamp", problem));
    if (found.saysNothing())
      noted = notes.add(device, arrival, "NothingUsable", "No usable value of a known sensor");
    if (found.quarantined.isEmpty()) return noted;
    return Future.join(noted, setApart(device, List.copyOf(found.quarantined), arrival)).mapEmpty();
  }
}
