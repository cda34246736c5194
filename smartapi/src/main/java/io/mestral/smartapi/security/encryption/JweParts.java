package io.mestral.smartapi.security.encryption;

import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.AAD;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JWE as one recipient sees it (RFC 7516, section 7): of the compact serialization, or of the
 * general JSON serialization, which has one of these for each recipient.
 *
 * @param header all headers together
 * @param isZipped whether the text was compressed before it was encrypted
 * @param recipients how many recipients the JWE has
 * @param associatedData what the tag is made over besides the text
 * @param encryptedKey the content key; empty where it is agreed on directly
 * @param iv the nonce
 * @param cipherText the text
 * @param tag the tag
 */
record JweParts(
    JWEHeader header,
    boolean isZipped,
    int recipients,
    byte[] associatedData,
    Base64URL encryptedKey,
    Base64URL iv,
    Base64URL cipherText,
    Base64URL tag) {
  private static final int MOST_RECIPIENTS = 100;

  static List<JweParts> parse(String jwe) throws ParseException {
    return jwe.stripLeading().startsWith("{") ? parseJson(jwe) : List.of(parseCompact(jwe));
  }

  private static JweParts parseCompact(String jwe) throws ParseException {
    String[] parts = jwe.split("\\.", -1);
    if (parts.length != 5) {
      throw new ParseException("it has " + parts.length + " parts, not 5", 0);
    }
    Base64URL first = new Base64URL(parts[0]);
    Map<String, Object> header = object(first);
    return new JweParts(
        header(header),
        header.containsKey("zip"),
        1,
        AAD.compute(first),
        new Base64URL(parts[1]),
        new Base64URL(parts[2]),
        new Base64URL(parts[3]),
        new Base64URL(parts[4]));
  }

  private static List<JweParts> parseJson(String jwe) throws ParseException {
    Map<String, Object> json = JSONObjectUtils.parse(jwe);
    if (json.containsKey("aad")) {
      throw new ParseException("it has aad, which isn't used here", 0);
    }
    Base64URL first = base64(json, "protected");
    Map<String, Object> shared = new HashMap<>(object(first));
    boolean zipped = shared.containsKey("zip");
    addAll(shared, JSONObjectUtils.getJSONObject(json, "unprotected"));
    Map<String, Object>[] recipients = JSONObjectUtils.getJSONObjectArray(json, "recipients");
    int number = recipients == null ? 0 : recipients.length;
    if (number == 0 || number > MOST_RECIPIENTS) {
      throw new ParseException(
          "it has " + number + " recipients, 1 to " + MOST_RECIPIENTS + " are allowed", 0);
    }
    List<JweParts> parts = new ArrayList<>(number);
    for (Map<String, Object> recipient : recipients) {
      Map<String, Object> header = new HashMap<>(shared);
      addAll(header, JSONObjectUtils.getJSONObject(recipient, "header"));
      parts.add(
          new JweParts(
              header(header),
              zipped,
              number,
              AAD.compute(first),
              recipient.containsKey("encrypted_key")
                  ? base64(recipient, "encrypted_key")
                  : new Base64URL(""),
              base64(json, "iv"),
              base64(json, "ciphertext"),
              base64(json, "tag")));
    }
    return parts;
  }

  private static Map<String, Object> object(Base64URL header) throws ParseException {
    return JSONObjectUtils.parse(new String(header.decode(), StandardCharsets.UTF_8));
  }

  private static JWEHeader header(Map<String, Object> header) throws ParseException {
    try {
      return JWEHeader.parse(header);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParseException(e.getMessage(), 0); // such as alg none
    }
  }

  private static Base64URL base64(Map<String, Object> json, String name) throws ParseException {
    String text = JSONObjectUtils.getString(json, name);
    if (text == null) {
      throw new ParseException("it lacks " + name, 0);
    }
    return new Base64URL(text);
  }

  private static void addAll(Map<String, Object> headers, Map<String, Object> more)
      throws ParseException {
    if (more == null) {
      return;
    }
    for (Map.Entry<String, Object> header : more.entrySet()) {
      if (header.getKey().equals("zip") || headers.containsKey(header.getKey())) {
        throw new ParseException(
            "its header " + header.getKey() + " is there twice, or isn't protected", 0);
      }
      headers.put(header.getKey(), header.getValue());
    }
  }

  /** The header without zip: the library would inflate without a bound that fits messages. */
  JWEHeader headerWithoutZip() {
    return new JWEHeader.Builder(header).compressionAlgorithm(null).parsedBase64URL(null).build();
  }
}
