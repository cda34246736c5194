package io.mestral.verticles.http.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mestral.model.platform.Hardware;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device is called by its make, as its last status message or its owner has it (spec 3.3).
 *
 * @param status the last status message; missing when there is none that is an object
 */
record HardwareName(
    String name, String type, Optional<String> version, String slug, JsonNode status) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static HardwareName of(Hardware hardware) {
    JsonNode status = hardware.info().map(HardwareName::read).orElse(MissingNode.getInstance());
    Optional<String> version =
        hardware
            .versionOverride()
            .or(
                () ->
                    Optional.ofNullable(status.get("hw_ver"))
                        .filter(node -> node.isValueNode() && !node.isNull())
                        .map(JsonNode::asText))
            .filter(text -> !text.isBlank());
    String name =
        hardware
            .nameOverride()
            .orElseGet(() -> version.map("SmartCitizen Kit "::concat).orElse("Unknown"));
    String type = hardware.typeOverride().orElseGet(() -> version.isPresent() ? "SCK" : "Unknown");
    String suffix = version.map(text -> ":" + text.replace('.', ',')).orElse("");
    String slug = hardware.slugOverride().orElseGet(() -> type.toLowerCase(Locale.ROOT) + suffix);
    return new HardwareName(name, type, version, slug, status);
  }

  private static JsonNode read(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      return tree.isObject() ? tree : MissingNode.getInstance();
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance(); // a device may say anything; there is nothing to show then
    }
  }
}
