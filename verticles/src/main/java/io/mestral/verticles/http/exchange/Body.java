package io.mestral.verticles.http.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came after the head of a request.
 *
 * @param raw the bytes; empty for a multipart form
 * @param form the fields of a form, in the order sent
 * @param claimsJson whether the content type names JSON and there is something to read
 * @param files of a form, by the names of their fields, where the route takes some
 */
public record Body(
    Buffer raw,
    List<Map.Entry<String, String>> form,
    boolean claimsJson,
    Map<String, Buffer> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Nothing came. */
  public static final Body NONE = new Body(Buffer.buffer(), List.of(), false);

  /** A body without files. */
  public Body(Buffer raw, List<Map.Entry<String, String>> form, boolean claimsJson) {
    this(raw, form, claimsJson, Map.of());
  }

  /**
   * The parameters of this body and of a query, in which a body's win; ends the request when the
   * body says it is JSON and isn't.
   */
  public Params params(List<Map.Entry<String, String>> query) {
    List<Map.Entry<String, String>> texts = new ArrayList<>(query);
    texts.addAll(form);
    for (Map.Entry<String, String> each : texts)
      if (!WholeText.is(each.getValue())) throw Problem.badRequest(WholeText.REFUSED);
    Params params = Params.of(texts);
    if (!startsWith('{') && !claimsJson) return params;
    if (!(tree() instanceof ObjectNode object)) return params;
    if (!WholeText.isAll(object)) throw Problem.badRequest(WholeText.REFUSED);
    return params.with(object);
  }

  private JsonNode tree() {
    try {
      return JSON.readTree(raw.getBytes());
    } catch (JsonProcessingException e) {
      throw Problem.badRequest("The request body is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Problem.badRequest("The request body can't be read");
    }
  }

  /** Whether the first byte that isn't white space is this one. */
  public boolean startsWith(char first) {
    for (int i = 0; i < raw.length(); i++) {
      int c = raw.getByte(i);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return c == first;
    }
    return false;
  }
}
