package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.vertx.core.Future;
import java.util.List;

/** Where readings wait that go on to a partner. */
@FunctionalInterface
public interface ForwardQueue {
  /**
   * Adds what came of one batch; succeeds when that is kept, or left out because too much waits.
   */
  Future<Void> add(DeviceId device, List<Reading> readings);
}
