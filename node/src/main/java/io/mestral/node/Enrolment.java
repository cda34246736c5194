package io.mestral.node;

import io.mestral.config.Hidden;
import io.mestral.config.MestralConfig;
import io.mestral.config.NodeOptions.Profile;
import io.mestral.config.UplinkOptions;
import io.mestral.model.platform.EdgeCode;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * An edge's uplink that was set up by a code: kept in the data folder with a token that the edge
 * has made for itself, so that the code is needed once. What the configuration says of the uplink
 * comes first.
 */
final class Enrolment {
  /** The file, in the data folder. */
  static final String FILE = "uplink.json";

  private static final int TOKEN_BYTES = 32;

  private final PrivateFiles files;

  private Enrolment(PrivateFiles files) {
    this.files = files;
  }

  /**
   * The configuration with the uplink that a code has set up, now or before.
   *
   * @throws StartFailure when the code is none, or the file can't be read or written
   */
  static MestralConfig completed(MestralConfig config, DataFolder folder) {
    boolean isEdge = config.node().profile() == Profile.EDGE;
    if (config.uplink().isPresent() || !isEdge && config.enrol().isEmpty()) return config;
    if (!isEdge)
      throw StartFailure.configuration("uplink.enrol is for edges: set node.profile=edge", null);
    Enrolment enrolment = new Enrolment(new PrivateFiles(folder.path()));
    Optional<EdgeCode> code = config.enrol().map(Enrolment::parsed);
    try {
      Optional<JsonObject> known = enrolment.read();
      Optional<JsonObject> kept =
          known.filter(
              before ->
                  code.isEmpty() || code.get().secret().equals(before.getString("code_secret")));
      if (kept.isPresent()) return completed(config, kept.get(), false);
      return code.isEmpty() ? config : completed(config, enrolment.begun(code.get()), true);
    } catch (IOException e) {
      throw StartFailure.dataFolder("cannot read or write " + FILE + ": " + e.getMessage(), e);
    }
  }

  private static EdgeCode parsed(Hidden code) {
    return EdgeCode.parse(code.reveal())
        .orElseThrow(
            () ->
                StartFailure.configuration(
                    "uplink.enrol is no code of ./mestral admin edge add", null));
  }

  private Optional<JsonObject> read() throws IOException {
    Optional<byte[]> content = files.read(FILE);
    if (content.isEmpty()) return Optional.empty();
    try {
      return Optional.of(new JsonObject(new String(content.get(), StandardCharsets.UTF_8)));
    } catch (DecodeException damaged) {
      throw new IOException("it is damaged; remove it and enrol the edge anew", damaged);
    }
  }

  /** Written down before the node above hears of the token. */
  private JsonObject begun(EdgeCode code) throws IOException {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    JsonObject fresh =
        new JsonObject()
            .put("url", code.url())
            .put("name", code.name())
            .put("base", code.base())
            .put("token", Base64.getUrlEncoder().withoutPadding().encodeToString(token))
            .put("code_secret", code.secret());
    files.writeForGood(FILE, fresh.encodePrettily().getBytes(StandardCharsets.UTF_8));
    return fresh;
  }

  /**
   * @param isNew so that the node above knows the code's secret alone
   */
  private static MestralConfig completed(MestralConfig config, JsonObject kept, boolean isNew) {
    UplinkOptions uplink =
        UplinkOptions.of(
            kept.getString("url"),
            kept.getString("name"),
            new Hidden(kept.getString("token")),
            config.uplinkCa());
    Hidden once = new Hidden(kept.getString("code_secret"));
    Optional<String> base =
        config.http().publicUrl().isPresent()
            ? Optional.empty()
            : Optional.of(kept.getString("base"));
    return config.with(uplink.enrolling(new UplinkOptions.Enrolling(once, isNew, base)));
  }
}
