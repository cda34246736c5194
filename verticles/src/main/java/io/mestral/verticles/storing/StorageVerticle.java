package io.mestral.verticles.storing;

import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.storing.StorageQuestion.Append;
import io.mestral.verticles.storing.StorageQuestion.Delete;
import io.mestral.verticles.storing.StorageQuestion.Read;
import io.mestral.verticles.storing.StorageQuestion.ReadLatest;
import io.mestral.verticles.storing.StorageQuestion.ScanLatest;
import io.mestral.verticles.storing.StorageQuestion.Summarise;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers at {@link Addresses#READINGS}. */
public final class StorageVerticle extends VerticleBase {
  private final ReadingStore store;

  /** Hands every question to the store. */
  public StorageVerticle(ReadingStore store) {
    this.store = store;
  }

  @Override
  public Future<?> start() {
    return LocalBus.of(vertx).answer(Addresses.READINGS, this::answer);
  }

  private Future<?> answer(Object body) {
    StorageQuestion question = (StorageQuestion) body;
    if (question instanceof Append append) return store.append(append.readings());
    if (question instanceof Read read) return store.read(read.series(), read.range(), read.limit());
    if (question instanceof Summarise summarise)
      return store.summaries(summarise.series(), summarise.span(), summarise.range());
    if (question instanceof Delete delete) return store.delete(delete.series(), delete.range());
    if (question instanceof ReadLatest latest) return store.latest(latest.devices());
    if (question instanceof ScanLatest scan) return store.latest(scan.devices(), scan.sensors());
    return store.check();
  }
}
