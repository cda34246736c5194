package io.mestral.broker.websocket;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request for MQTT over WebSocket that can be granted (RFC 6455, 4.2).
 *
 * @param accept proves that the request was read as what it is
 * @param subprotocol what is spoken from then on
 */
record Upgrade(String accept, String subprotocol) {
  static final String VERSION = "13";

  private static final String KEY = "Sec-WebSocket-Key";
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  /** The name in use since 3.1.1 (MQTT-6.0.0-4), and the one of the clients before. */
  private static final List<String> SPOKEN = List.of("mqtt", "mqttv3.1");

  private static final String PROOF = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
  private static final int KEY_BYTES = 16;

  /**
   * @throws RefusedException when the request asks for something else
   */
  static Upgrade askedBy(HttpServerRequest request) {
    MultiMap headers = request.headers();
    require(
        request.version() == HttpVersion.HTTP_1_1
            && request.method() == HttpMethod.GET
            && names(headers, "Connection").anyMatch("upgrade"::equalsIgnoreCase)
            && names(headers, "Upgrade").anyMatch("websocket"::equalsIgnoreCase),
        "here is MQTT over WebSocket: GET with Upgrade: websocket over HTTP/1.1");
    require(
        VERSION.equals(headers.get("Sec-WebSocket-Version")),
        "version " + VERSION + " of WebSocket is spoken");
    String key = headers.contains(KEY) ? headers.get(KEY).strip() : "";
    require(isKey(key), KEY + " must be 16 bytes in base64");
    List<String> offered = names(headers, SUBPROTOCOL).filter(SPOKEN::contains).toList();
    require(!offered.isEmpty(), SUBPROTOCOL + " must offer mqtt"); // MQTT-6.0.0-3
    return new Upgrade(accept(key), offered.get(0));
  }

  void answerIn(MultiMap headers) {
    headers
        .set("Connection", "Upgrade")
        .set("Upgrade", "websocket")
        .set("Sec-WebSocket-Accept", accept)
        .set(SUBPROTOCOL, subprotocol);
  }

  private static Stream<String> names(MultiMap headers, String header) {
    return headers.getAll(header).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip);
  }

  private static void require(boolean holds, String words) {
    if (!holds) throw new RefusedException(Refusal.PROTOCOL_ERROR, words);
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + PROOF).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
