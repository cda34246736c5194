package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.reading.Reading;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Devices as partners are shown them. */
public interface DeviceDocuments {
  /** Those that exist and whose owners want them forwarded. */
  Future<Map<DeviceId, Document>> of(Collection<DeviceId> devices);

  /** One device. */
  interface Document {
    /** Whose partner it is for. */
    UserId owner();

    /**
     * The device as JSON with these readings.
     *
     * @param readings as stored
     */
    Buffer with(List<Reading> readings);
  }
}
