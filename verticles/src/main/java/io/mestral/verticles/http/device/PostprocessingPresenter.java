package io.mestral.verticles.http.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mestral.model.platform.Postprocessing;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes what is kept of a device's postprocessing, for everybody to see. */
final class PostprocessingPresenter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PostprocessingPresenter() {}

  /** The member {@code postprocessing}. */
  static void write(JsonWriter json, Postprocessing kept) {
    write(json, kept, (name, value) -> json.field(name, value.orElse(NullNode.getInstance())));
  }

  /** The same without what is empty, as version 1 has it. */
  static void writePresent(JsonWriter json, Postprocessing kept) {
    write(json, kept, (name, value) -> value.ifPresent(node -> json.field(name, node)));
  }

  private static void write(
      JsonWriter json, Postprocessing kept, BiConsumer<String, Optional<JsonNode>> member) {
    json.object(
        "postprocessing",
        () -> {
          json.field("id", kept.id());
          member.accept("blueprint_url", kept.blueprintUrl().<JsonNode>map(TextNode::valueOf));
          member.accept("hardware_url", kept.hardwareUrl().<JsonNode>map(TextNode::valueOf));
          json.field("device_id", kept.device().value());
          member.accept(
              "forwarding_params", kept.forwardingParams().map(PostprocessingPresenter::tree));
          member.accept("meta", kept.meta().map(PostprocessingPresenter::tree));
          member.accept(
              "latest_postprocessing",
              kept.latest().map(JsonWriter::text).<JsonNode>map(TextNode::valueOf));
          json.field("created_at", kept.createdAt()).field("updated_at", kept.updatedAt());
        });
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("kept as JSON, and is none", e);
    }
  }
}
