package io.mestral.verticles.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.Keyword;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import io.mestral.verticles.http.openapi.ApiContract;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Holds answers against the contract, which is read more strictly here than clients may: what it
 * doesn't name may not be in an answer.
 */
public final class ResponseCheck {
  private static final String IRI = "https://mestral.example/openapi.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ResponseCheck CHECK = new ResponseCheck();

  private final ObjectNode document;
  private final JsonSchemaFactory schemas;
  private final List<Described> operations = new ArrayList<>();
  private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();

  private record Described(HttpMethod method, Pattern path, String pointer, JsonNode operation) {}

  /** An answer, as far as the contract speaks of it. */
  public record Received(int status, MultiMap headers, String body) {
    /** Of an answer to Java's own client. */
    public static Received of(HttpResponse<String> answer) {
      MultiMap headers = MultiMap.caseInsensitiveMultiMap();
      answer.headers().map().forEach(headers::add);
      return new Received(answer.statusCode(), headers, answer.body());
    }
  }

  private ResponseCheck() {
    try {
      Buffer text = ApiContract.load().document(Optional.empty());
      this.document = (ObjectNode) JSON.readTree(text.getBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        member -> {
                          if (!member.getKey().equals("parameters"))
                            operations.add(
                                described(path.getKey(), member.getKey(), member.getValue()));
                        }));
    close(document);
    this.schemas =
        JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(JsonMetaSchema.getV202012().getIri())
            .metaSchema(dialect(document))
            .schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, document.toString())))
            .build();
  }

  /** That of JSON schemas, in which what a document holds beside them says nothing. */
  private static JsonMetaSchema dialect(ObjectNode document) {
    List<Keyword> silent = new ArrayList<>();
    document.fieldNames().forEachRemaining(name -> silent.add(new NonValidationKeyword(name)));
    return JsonMetaSchema.builder(JsonMetaSchema.getV202012()).keywords(silent).build();
  }

  /** Fails with what differs; says nothing of what the contract doesn't describe. */
  public static void check(String method, String uri, Received answer) {
    CHECK.of(HttpMethod.valueOf(method), uri, answer);
  }

  private void of(HttpMethod method, String uri, Received answer) {
    HttpMethod asked = method == HttpMethod.HEAD ? HttpMethod.GET : method;
    String path = uri.split("[?#]", 2)[0];
    boolean welcomed = path.equals("/") && type(answer).equals("application/json"); // by Accept
    Optional<Described> found = find(asked, welcomed ? "/v0" : path);
    if (found.isEmpty()) return;
    Described described = found.get();
    Set<String> wrong = new TreeSet<>();
    if (!answer.headers().contains("X-Request-Id")) wrong.add("no X-Request-Id");
    String status = Integer.toString(answer.status());
    JsonNode response = resolved(described.operation().path("responses").path(status));
    if (response.isMissingNode()) wrong.add("status " + status + " is not described");
    else {
      headers(response, answer, wrong);
      boolean isScript = type(answer).equals("text/javascript") && uri.contains("callback=");
      if (method != HttpMethod.HEAD && !isScript)
        body(response, pointer(described, status), answer, wrong);
    }
    if (!wrong.isEmpty())
      throw new AssertionError(
          method
              + " "
              + uri
              + " was answered against the contract ("
              + described.operation().path("operationId").asText()
              + ", "
              + status
              + "):\n  "
              + String.join("\n  ", wrong)
              + "\nThe answer: "
              + answer.body());
  }

  /** The operation that a path means, in whichever of its forms it is written. */
  private Optional<Described> find(HttpMethod method, String path) {
    String bare = path.length() > 1 ? path.replaceAll("/+$", "") : path;
    String plain = bare.endsWith(".json") ? bare.substring(0, bare.length() - 5) : bare;
    for (String form : List.of(bare, plain, "/v0" + bare, "/v0" + plain))
      for (Described each : operations)
        if (each.path().matcher(form).matches())
          return operations.stream()
              .filter(one -> one.method() == method && one.path().matcher(form).matches())
              .findFirst();
    return Optional.empty();
  }

  private void headers(JsonNode response, Received answer, Set<String> wrong) {
    response
        .path("headers")
        .fields()
        .forEachRemaining(
            header -> {
              JsonNode described = resolved(header.getValue());
              String value = answer.headers().get(header.getKey());
              if (value == null && described.path("required").asBoolean())
                wrong.add("no header " + header.getKey());
              boolean number = described.path("schema").path("type").asText().equals("integer");
              if (value != null && number && !value.matches("\\d+"))
                wrong.add("header " + header.getKey() + " is no number: " + value);
            });
  }

  private void body(JsonNode response, String pointer, Received answer, Set<String> wrong) {
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      if (answer.body() != null && !answer.body().isEmpty()) wrong.add("a body");
      return;
    }
    String type = type(answer);
    if (!content.has(type)) {
      wrong.add("content type " + type);
      return;
    }
    boolean isJson = type.equals("application/json");
    String text = answer.body() == null ? "" : answer.body();
    JsonSchema schema = schema(pointer + "/content/" + escaped(type) + "/schema");
    Set<ValidationMessage> messages =
        isJson
            ? schema.validate(text, InputFormat.JSON)
            : schema.validate(JSON.getNodeFactory().textNode(text));
    messages.forEach(message -> wrong.add(message.getMessage()));
  }

  private JsonSchema schema(String pointer) {
    return known.computeIfAbsent(
        pointer,
        place ->
            schemas.getSchema(
                SchemaLocation.of(IRI + "#" + place),
                SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build()));
  }

  private String pointer(Described described, String status) {
    JsonNode response = described.operation().path("responses").path(status);
    return response.has("$ref")
        ? response.path("$ref").asText().substring(1)
        : described.pointer() + "/responses/" + status;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String type(Received answer) {
    String type = answer.headers().get("Content-Type");
    return type == null ? "none" : type.split(";", 2)[0].strip();
  }

  private static Described described(String path, String method, JsonNode operation) {
    StringBuilder pattern = new StringBuilder();
    for (String part : path.split("(?=\\{)|(?<=})"))
      pattern.append(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
    return new Described(
        HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
        Pattern.compile(pattern.toString()),
        "/paths/" + escaped(path) + "/" + method,
        operation);
  }

  private static String escaped(String text) {
    return text.replace("~", "~0").replace("/", "~1");
  }

  /** Has every object hold nothing but what is named, unless it says that it may. */
  private static void close(JsonNode node) {
    boolean isObject =
        node.path("type").asText().equals("object")
            || node.path("type").isArray() && node.path("type").toString().contains("\"object\"");
    if (isObject && node.path("properties").isObject() && !node.has("additionalProperties"))
      ((ObjectNode) node).put("additionalProperties", false);
    node.forEach(ResponseCheck::close);
  }
}
