package io.mestral.verticles.uplink.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.verticles.uplink.wire.PackedJson;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A {@link StateMessage} as a JSON Web Signature in its compact form (RFC 7515, Ed25519 by RFC
 * 8037); the payload is JSON in gzip. Members that a reader doesn't know it leaves unread, but for
 * those of bodies, which it keeps.
 */
public final class StateFormat {
  private static final int VERSION = 1;
  private static final int LARGEST = 256 << 20; // bytes of JSON
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

  private StateFormat() {}

  /**
   * A message, and who signed it.
   *
   * @param key as Multikey has it
   */
  public record Signed(StateMessage message, String key) {}

  /** As it goes over the link. */
  public static Buffer write(StateMessage message, SecretMultikey key) {
    ObjectNode header =
        JSON.createObjectNode().put("alg", "EdDSA").put("kid", key.publicKey().multibase());
    ObjectNode root =
        JSON.createObjectNode()
            .put("version", VERSION)
            .put("edge", message.edge())
            .put("number", message.number());
    message.from().ifPresent(from -> root.put("from", from));
    root.put("to", message.to()).put("token_key", TO_TEXT.encodeToString(message.tokenKey()));
    ArrayNode records = root.putArray("records");
    for (StateRecord one : message.records())
      named(records.addObject(), one.name()).put("tag", one.tag()).set("body", body(one));
    ArrayNode gone = root.putArray("gone");
    for (ReplicaName one : message.gone()) named(gone.addObject(), one);
    try {
      String signed =
          TO_TEXT.encodeToString(JSON.writeValueAsBytes(header))
              + "."
              + TO_TEXT.encodeToString(PackedJson.write(root));
      byte[] signature =
          CryptoEngine.fastest().sign(key, signed.getBytes(StandardCharsets.US_ASCII));
      return Buffer.buffer(signed + "." + TO_TEXT.encodeToString(signature));
    } catch (IOException never) {
      throw new UncheckedIOException("memory takes everything", never);
    }
  }

  private static ObjectNode named(ObjectNode into, ReplicaName name) {
    return into.put("kind", name.kind()).put("name", name.name());
  }

  private static JsonNode body(StateRecord record) {
    try {
      return JSON.readTree(record.body());
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("the body of " + record.name() + " is no JSON", broken);
    }
  }

  /** What came over the link, with a signature that is right; whose it is isn't looked at. */
  public static Signed read(Buffer body) throws Unreadable {
    String[] parts = body.toString(StandardCharsets.US_ASCII).split("\\.", -1);
    if (parts.length != 3) throw new Unreadable("no signed message");
    JsonNode header = json(bytes(parts[0]));
    if (!header.path("alg").asText().equals("EdDSA"))
      throw new Unreadable("signed otherwise than with Ed25519");
    String key = header.path("kid").asText();
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    try {
      if (!CryptoEngine.fastest().verify(Multikey.parse(key), signed, bytes(parts[2])))
        throw new Unreadable("the signature is wrong");
    } catch (IllegalArgumentException noKey) {
      throw new Unreadable("signed with what is no key");
    }
    return new Signed(message(PackedJson.read(bytes(parts[1]), VERSION, LARGEST)), key);
  }

  private static byte[] bytes(String base64) throws Unreadable {
    try {
      return Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException other) {
      throw new Unreadable("no base64");
    }
  }

  private static JsonNode json(byte[] bytes) throws Unreadable {
    try {
      JsonNode root = JSON.readTree(bytes);
      if (!root.isObject()) throw new Unreadable("no JSON object");
      return root;
    } catch (IOException broken) {
      throw new Unreadable("no JSON");
    }
  }

  private static StateMessage message(JsonNode root) throws Unreadable {
    List<StateRecord> records = new ArrayList<>();
    for (JsonNode one : list(root, "records"))
      records.add(new StateRecord(name(one), text(one, "tag"), one.path("body").toString()));
    List<ReplicaName> gone = new ArrayList<>();
    for (JsonNode one : list(root, "gone")) gone.add(name(one));
    if (!root.path("number").canConvertToLong()) throw new Unreadable("no number");
    return new StateMessage(
        text(root, "edge"),
        root.path("number").asLong(),
        Optional.of(root.path("from").asText()).filter(from -> !from.isEmpty()),
        text(root, "to"),
        bytes(text(root, "token_key")),
        records,
        gone);
  }

  private static ReplicaName name(JsonNode said) throws Unreadable {
    return new ReplicaName(text(said, "kind"), text(said, "name"));
  }

  private static JsonNode list(JsonNode said, String member) throws Unreadable {
    if (!said.path(member).isArray()) throw new Unreadable("no list of " + member);
    return said.path(member);
  }

  private static String text(JsonNode said, String member) throws Unreadable {
    String text = said.path(member).asText();
    if (text.isEmpty()) throw new Unreadable("no " + member);
    return text;
  }
}
