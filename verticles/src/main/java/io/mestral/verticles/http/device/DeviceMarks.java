package io.mestral.verticles.http.device;

import io.mestral.model.platform.Postprocessing;
import java.util.List;
import java.util.Optional;

/**
 * What is tied to a device without being its own.
 *
 * @param tags their names
 * @param experiments the ids of those it is in
 */
record DeviceMarks(
    List<String> tags, List<Long> experiments, Optional<Postprocessing> postprocessing) {
  /** Nothing is. */
  static final DeviceMarks NONE = new DeviceMarks(List.of(), List.of(), Optional.empty());
}
