package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells who wants to know of which devices readings were kept; it costs nothing else. */
public final class ReadingNews {
  private final List<Consumer<DeviceId>> listeners = new CopyOnWriteArrayList<>();

  /** Has somebody told, on the threads of ingestion: they are to be quick. */
  public void listen(Consumer<DeviceId> listener) {
    listeners.add(listener);
  }

  void kept(DeviceId device) {
    for (Consumer<DeviceId> one : listeners) one.accept(device);
  }
}
