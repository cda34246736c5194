package io.mestral.verticles.http.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mestral.model.platform.Postprocessing;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.util.Optional;

/** Writes what is kept of a device's postprocessing, for everybody to see. */
final class PostprocessingPresenter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PostprocessingPresenter() {}

  /** The member {@code postprocessing}. */
  static void write(JsonWriter json, Postprocessing kept) {
    json.object(
        "postprocessing",
        () ->
            json.field("id", kept.id())
                .field("blueprint_url", kept.blueprintUrl())
                .field("hardware_url", kept.hardwareUrl())
                .field("device_id", kept.device().value())
                .field("forwarding_params", tree(kept.forwardingParams()))
                .field("meta", tree(kept.meta()))
                .field("latest_postprocessing", kept.latest().map(JsonWriter::text))
                .field("created_at", kept.createdAt())
                .field("updated_at", kept.updatedAt()));
  }

  private static JsonNode tree(Optional<String> text) {
    try {
      return text.isEmpty() ? NullNode.getInstance() : JSON.readTree(text.get());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("kept as JSON, and is none", e);
    }
  }
}
