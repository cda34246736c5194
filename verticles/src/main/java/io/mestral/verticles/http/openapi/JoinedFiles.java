package io.mestral.verticles.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files of the contract as one document. What they say beside OpenAPI is worked in and taken
 * out: answers that any operation may give, operations open to visitors, and PUT beside PATCH.
 */
final class JoinedFiles {
  private static final String OURS = "x-mestral-";
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  private static final List<String> BEFORE_PATHS = List.of("openapi", "info", "tags", "security");

  private final ObjectNode root;
  private final ObjectNode paths = JsonNodeFactory.instance.objectNode();
  private final ObjectNode components;
  private final List<Operation> operations = new ArrayList<>();

  private JoinedFiles(ObjectNode root) {
    this.root = root;
    this.components = root.withObjectProperty("components");
    for (JsonNode part : root.path(OURS + "parts")) join(part.asText());
    operations.sort(Comparator.comparing(Operation::path)); // a brace comes after all letters
  }

  /** Reads a file of this package and those it names. */
  static JoinedFiles read(String name) {
    return new JoinedFiles(ContractFile.read(name));
  }

  /** The whole document. */
  ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (String name : BEFORE_PATHS) document.set(name, root.get(name));
    document.set("paths", paths);
    document.set("components", components);
    return document;
  }

  /** In an order in which the first whose path fits is the right one. */
  List<Operation> operations() {
    return List.copyOf(operations);
  }

  private void join(String name) {
    ObjectNode part = ContractFile.read(name);
    for (Map.Entry<String, JsonNode> path : part.path("paths").properties()) {
      ObjectNode item = (ObjectNode) path.getValue();
      for (String method : METHODS.stream().filter(item::has).toList()) // take adds others
      take(path.getKey(), item, method, (ObjectNode) item.get(method));
      add(paths, path, name);
    }
    for (Map.Entry<String, JsonNode> kind : part.path("components").properties())
      for (Map.Entry<String, JsonNode> each : kind.getValue().properties())
        add(components.withObjectProperty(kind.getKey()), each, name);
  }

  private void take(String path, ObjectNode item, String method, ObjectNode operation) {
    complete(operation);
    String id = operation.path("operationId").asText();
    boolean unversioned = operation.remove(OURS + "versioned-only") == null;
    operations.add(new Operation(id, method(method), path, unversioned));
    JsonNode also = operation.remove(OURS + "also");
    if (also == null) return;
    ObjectNode same = operation.deepCopy();
    same.put("operationId", id + "By" + method(also.asText()));
    item.set(also.asText(), same);
    operations.add(new Operation(id, method(also.asText()), path, unversioned));
  }

  private void complete(ObjectNode operation) {
    boolean open = operation.path("security").isArray();
    ObjectNode responses = operation.withObjectProperty("responses");
    setAbsent(responses, root.path(OURS + "any-operation"));
    if (!open) setAbsent(responses, root.path(OURS + "any-with-credentials"));
    if (operation.remove(OURS + "visitors") == null) return;
    ArrayNode security = operation.putArray("security");
    security.addObject(); // nothing is fine, too
    root.path("security").forEach(security::add);
  }

  private static void setAbsent(ObjectNode responses, JsonNode common) {
    for (Map.Entry<String, JsonNode> each : common.properties())
      if (!responses.has(each.getKey())) responses.set(each.getKey(), each.getValue());
  }

  private static void add(ObjectNode all, Map.Entry<String, JsonNode> one, String file) {
    if (all.has(one.getKey()))
      throw new IllegalStateException(file + " describes " + one.getKey() + " once more");
    all.set(one.getKey(), one.getValue());
  }

  private static HttpMethod method(String name) {
    return HttpMethod.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
