package io.mestral.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Requests made of the contract: what it asks for, and what it doesn't. The seed tells which. */
final class GeneratedRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<JsonNode> NASTY =
      List.of(
          JSON.nullNode(),
          JSON.numberNode(-1),
          JSON.numberNode(0),
          JSON.numberNode(1e308),
          JSON.numberNode(new BigDecimal("1e-400")),
          JSON.numberNode(new BigInteger("99999999999999999999999")),
          JSON.booleanNode(true),
          JSON.textNode(""),
          JSON.textNode(" "),
          JSON.textNode("NaN"),
          JSON.textNode("-0"),
          JSON.textNode("a\u0000b"),
          JSON.textNode("\ud83d\udca5"),
          JSON.textNode("'; DROP TABLE devices; --"),
          JSON.textNode("%00%zz"),
          JSON.textNode("2026-13-45T99:00:00Z"),
          JSON.textNode("x".repeat(3_000)),
          JSON.textNode("\u202e\u0301[FILTERED]"),
          JSON.arrayNode(),
          JSON.arrayNode().add(JSON.objectNode()),
          JSON.objectNode(),
          JSON.objectNode().set("$ne", JSON.objectNode().put("a", 1)));

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LARGE = 50;

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final Random random;

  private record Operation(String path, String method, JsonNode parameters, JsonNode described) {}

  /** A request of nobody in particular. */
  record Request(
      String operation, String method, String uri, Map<String, String> headers, String body) {}

  GeneratedRequests(String contract, long seed) {
    this.random = new Random(seed);
    try {
      this.document = new ObjectMapper().readTree(contract);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties())
      for (Map.Entry<String, JsonNode> member : path.getValue().properties())
        if (!member.getKey().equals("parameters")) {
          ArrayNode parameters = JSON.arrayNode();
          parameters.addAll(all(path.getValue().path("parameters")));
          parameters.addAll(all(member.getValue().path("parameters")));
          operations.add(
              new Operation(path.getKey(), member.getKey(), parameters, member.getValue()));
        }
  }

  private static List<JsonNode> all(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  Request next() {
    Operation operation = operations.get(random.nextInt(operations.size()));
    String method = operation.method().toUpperCase(Locale.ROOT);
    if (method.equals("GET") && chance(10)) method = "HEAD";
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> query = new ArrayList<>();
    String path = form(operation.path());
    for (JsonNode reference : operation.parameters()) {
      JsonNode parameter = resolved(reference);
      String name = parameter.path("name").asText();
      boolean required = parameter.path("required").asBoolean();
      JsonNode made = chance(15) ? nasty() : value(parameter.path("schema"), 0);
      if (parameter.path("style").asText().equals("deepObject")) {
        if (chance(30)) deep(name, made, query);
        continue;
      }
      String value = text(made);
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", encoded(inPath(value)));
        case "query" -> {
          if (required ? !chance(5) : chance(50)) query.add(encoded(name) + "=" + encoded(value));
        }
        default -> {
          if (chance(70)) headers.put(name, value.replaceAll("[^ -~]", "?"));
        }
      }
    }
    if (chance(5)) query.add("callback=" + encoded(chance(50) ? "fn" : text(nasty())));
    if (chance(5)) query.add(encoded(text(nasty())) + "=" + encoded(text(nasty())));
    if (chance(3)) query.add("access_token=" + encoded(text(nasty())));
    if (chance(2)) headers.put("Authorization", chance(50) ? "Basic YWRhOnh5eg==" : "Basic ~");
    String body = body(operation, headers);
    String uri = query.isEmpty() ? path : path + "?" + String.join("&", query);
    String id = operation.described().path("operationId").asText();
    return new Request(id, method, uri, headers, body);
  }

  /** Members as {@code name[member]=value}, and lists as several of {@code name[member][]}. */
  private static void deep(String name, JsonNode object, List<String> query) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String key = name + "[" + member.getKey() + "]";
      if (member.getValue().isArray())
        for (JsonNode each : member.getValue())
          query.add(encoded(key + "[]") + "=" + encoded(text(each)));
      else query.add(encoded(key) + "=" + encoded(text(member.getValue())));
    }
  }

  /** The older ways to write a path. */
  private String form(String path) {
    String form = path;
    if (form.startsWith("/v0/") && !form.contains("/map/") && chance(15)) form = form.substring(3);
    if (chance(10) && !form.equals("/")) form += "/";
    return form;
  }

  private String body(Operation operation, Map<String, String> headers) {
    JsonNode content = operation.described().path("requestBody").path("content");
    if (content.isMissingNode()) return chance(3) ? text(nasty()) : "";
    List<String> types = new ArrayList<>();
    content.fieldNames().forEachRemaining(types::add);
    String type = types.get(random.nextInt(types.size()));
    JsonNode body = value(content.path(type).path("schema"), 0);
    if (chance(35)) body = mutated(body);
    headers.put("Content-Type", type);
    if (type.equals(FORM)) return form(body);
    if (type.startsWith("multipart/")) return multipart(body, headers);
    String text = type.equals("application/json") ? body.toString() : text(body);
    return chance(3) ? text.substring(0, text.length() / 2) : text;
  }

  private static String form(JsonNode body) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : body.properties())
      fields.add(encoded(each.getKey()) + "=" + encoded(text(each.getValue())));
    return String.join("&", fields);
  }

  private static String multipart(JsonNode body, Map<String, String> headers) {
    headers.put("Content-Type", "multipart/form-data; boundary=between");
    StringBuilder parts = new StringBuilder();
    for (Map.Entry<String, JsonNode> each : body.properties()) {
      String name = each.getKey().replaceAll("[^ -~]|\"", "?");
      parts.append("--between\r\nContent-Disposition: form-data; name=\"").append(name);
      parts.append(name.endsWith("[]") ? "\"; filename=\"26-02-03.CSV" : "");
      parts.append("\"\r\n\r\n").append(text(each.getValue())).append("\r\n");
    }
    return parts.append("--between--\r\n").toString();
  }

  /** A value that the schema allows, if it is told enough. */
  private JsonNode value(JsonNode reference, int depth) {
    JsonNode schema = resolved(reference);
    if (schema.has("const")) return schema.get("const");
    for (String choice : List.of("enum", "examples", "anyOf"))
      if (schema.has(choice) && (!choice.equals("examples") || chance(70))) {
        JsonNode chosen = schema.get(choice).get(random.nextInt(schema.get(choice).size()));
        return choice.equals("anyOf") ? value(chosen, depth) : chosen;
      }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> JSON.numberNode((long) number(schema));
      case "number" -> JSON.numberNode(Math.round(number(schema) * 1e4) / 1e4);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.textNode(word(schema));
    };
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    String required = schema.path("required").toString();
    for (Map.Entry<String, JsonNode> each : schema.path("properties").properties())
      if (required.contains("\"" + each.getKey() + "\"") ? !chance(4) : chance(45) && depth < 6)
        object.set(each.getKey(), value(each.getValue(), depth + 1));
    return object;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) array.add(value(schema.path("items"), depth + 1));
    return array;
  }

  /** Small ones above all, since they name things and count them. */
  private double number(JsonNode schema) {
    double least = schema.path("minimum").asDouble(-LARGE);
    double most = schema.path("maximum").asDouble(LARGE);
    double part = random.nextDouble() * random.nextDouble();
    return least + part * (Math.min(most, least + LARGE) - least);
  }

  private String word(JsonNode schema) {
    int least = schema.path("minLength").asInt(0);
    int length = least + random.nextInt(8);
    StringBuilder word = new StringBuilder();
    while (word.length() < length) word.append((char) ('a' + random.nextInt(26)));
    return word.toString();
  }

  private JsonNode mutated(JsonNode body) {
    if (chance(10)) return nasty();
    JsonNode copy = body.deepCopy();
    List<JsonNode> places = new ArrayList<>();
    collect(copy, places);
    if (places.isEmpty()) return nasty();
    JsonNode place = places.get(random.nextInt(places.size()));
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      object.set(names.isEmpty() ? "name" : names.get(random.nextInt(names.size())), nasty());
    } else if (place instanceof ArrayNode array) array.insert(0, nasty());
    return copy;
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode()) places.add(node);
    node.forEach(child -> collect(child, places));
  }

  private JsonNode nasty() {
    return NASTY.get(random.nextInt(NASTY.size()));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** Dots alone would mean another path. */
  private static String inPath(String value) {
    return value.isBlank() || value.matches("\\.+") ? "7" : value;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
