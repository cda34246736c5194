package io.mestral.verticles.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the HTTP API promises: an OpenAPI 3.1 document, and the operations that stand in it. */
public final class ApiContract {
  private final ObjectNode document;
  private final List<Operation> operations;

  private ApiContract(ObjectNode document, List<Operation> operations) {
    this.document = document;
    this.operations = operations;
  }

  /** Joins the files of the rooms; fails where they contradict each other. */
  public static ApiContract load() {
    JoinedFiles joined = JoinedFiles.read("openapi.yaml");
    return new ApiContract(joined.document(), joined.operations());
  }

  /**
   * All operations, in an order in which the first whose path fits is the right one: a segment that
   * is written out goes before one that varies.
   */
  public List<Operation> operations() {
    return operations;
  }

  /**
   * First segments of the paths below a version that answer without it, too.
   *
   * @param version such as {@code /v0}
   */
  public Set<String> collections(String version) {
    return operations.stream()
        .filter(each -> each.unversioned() && each.path().startsWith(version + "/"))
        .map(Operation::collection)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of everything that a request that changes something may be made of. */
  public Set<String> changeFields() {
    Set<String> names = new TreeSet<>();
    for (JsonNode path : document.path("paths"))
      for (Map.Entry<String, JsonNode> operation : path.properties())
        if (!operation.getKey().equals("get")) {
          for (JsonNode parameter : operation.getValue().path("parameters"))
            if (parameter.path("in").asText().equals("query"))
              names.add(parameter.path("name").asText());
          for (JsonNode form : operation.getValue().path("requestBody").path("content"))
            referred(form.path("schema"))
                .path("properties")
                .fieldNames()
                .forEachRemaining(names::add);
        }
    return names;
  }

  private JsonNode referred(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
  }

  /**
   * The document as clients get it.
   *
   * @param publicUrl where the API is; without it, where the document was found
   */
  public Buffer document(Optional<String> publicUrl) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.set("openapi", document.get("openapi"));
    shown.set("info", document.get("info"));
    shown.putArray("servers").addObject().put("url", publicUrl.orElse("/"));
    shown.setAll(document);
    return Buffer.buffer(shown.toString());
  }
}
