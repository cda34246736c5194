package io.mestral.verticles.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiContractTest {
  private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\":\"#/([^\"]+)\"");
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  private final ApiContract contract = ApiContract.load();
  private final String text = contract.document(Optional.of("https://mestral.example")).toString();
  private final JsonObject document = new JsonObject(text);

  @Test
  void itIsOpenApi() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      OpenAPIVersion version = OpenAPIVersion.fromContract(document);
      OutputUnit found =
          version
              .getRepository(vertx, "app://")
              .compose(schemas -> version.validateContract(vertx, schemas, document))
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);

      assertThat(found.getValid()).as(String.valueOf(found.getErrors())).isTrue();
    } finally {
      vertx.close();
    }
  }

  @Test
  void itSaysWhereTheNodeIs() {
    assertThat(document.getJsonArray("servers").getJsonObject(0).getString("url"))
        .isEqualTo("https://mestral.example");
    assertThat(List.copyOf(document.fieldNames()))
        .containsExactly("openapi", "info", "servers", "tags", "security", "paths", "components");
  }

  @Test
  void whatItRefersToIsThere() {
    Set<String> missing = new HashSet<>();
    for (MatchResult reference : REFERENCE.matcher(text).results().toList()) {
      JsonObject place = document;
      for (String step : reference.group(1).split("/"))
        place = place == null ? null : place.getJsonObject(step);
      if (place == null) missing.add(reference.group(1));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void nothingOfItsFilesOwnWordsIsShown() {
    assertThat(text).doesNotContain("x-mestral");
  }

  @Test
  void everyOperationHasANameOfItsOwnAndNamesWhatVariesInItsPath() {
    Set<String> names = new HashSet<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      String parameters = String.valueOf(item.getJsonArray("parameters"));
      for (MatchResult variable : VARIABLE.matcher(path).results().toList())
        assertThat(parameters)
            .as(path)
            .containsAnyOf("\"name\":\"" + variable.group(1) + "\"", "parameters/DeviceId");
      for (String method : item.fieldNames())
        if (!method.equals("parameters"))
          assertThat(names.add(item.getJsonObject(method).getString("operationId")))
              .as(method + " " + path)
              .isTrue();
    }
  }

  @Test
  void whatTheAuthorizationServerAnswersIsNamedMemberByMember() {
    JsonObject paths = document.getJsonObject("paths");
    Set<String> open = new HashSet<>();
    int answers = 0;
    for (String path : paths.fieldNames()) {
      if (!path.matches("/(oauth|\\.well-known|v0/me/tokens?)(/.*)?")) continue;
      for (String method : paths.getJsonObject(path).fieldNames())
        if (!method.equals("parameters")) {
          JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
          JsonObject responses = operation.getJsonObject("responses");
          for (String status : responses.fieldNames())
            if (status.startsWith("2")) {
              answers++;
              collectOpen(responses.getJsonObject(status), method + " " + path, open);
            }
        }
    }
    assertThat(answers).isGreaterThan(10);
    assertThat(open).isEmpty();
  }

  private void collectOpen(JsonObject described, String where, Set<String> open) {
    String written = described.encode();
    if (written.contains("\"additionalProperties\"")) open.add(where);
    if (written.matches(".*\\{[^{}]*\"type\":\"object\"[^{}]*}.*")) open.add(where); // no members
    for (MatchResult reference : REFERENCE.matcher(written).results().toList()) {
      JsonObject place = document;
      for (String step : reference.group(1).split("/")) place = place.getJsonObject(step);
      collectOpen(place, where, open);
    }
  }

  @Test
  void putAndPatchAreOneOperation() {
    assertThat(contract.operations())
        .filteredOn(each -> each.id().equals("updateDevice"))
        .extracting(Operation::method)
        .containsExactlyInAnyOrder(HttpMethod.PATCH, HttpMethod.PUT);
  }

  @Test
  void whatIsWrittenOutGoesBeforeWhatVaries() {
    List<String> paths = contract.operations().stream().map(Operation::path).distinct().toList();

    assertThat(paths.indexOf("/ops/v1/sessions/slow"))
        .isLessThan(paths.indexOf("/ops/v1/sessions/{id}"));
  }

  @Test
  void itKnowsWhichRoutesAnswerWithoutTheirVersion() {
    assertThat(contract.collections("/v0"))
        .contains("devices", "users", "me", "onboarding", "version")
        .doesNotContain("map", "metrics", "");
  }

  @Test
  void everythingThatARequestMayChangeIsKnownByName() {
    assertThat(contract.changeFields())
        .contains("city", "password", "role_mask", "readings", "invitation") // of accounts
        .contains("device_token", "user_tags", "postprocessing_attributes", "overlap", "scopes")
        .contains("equation", "default_key", "device_ids", "weekly_digest", "decision", "days")
        .doesNotContain("page", "q");
  }
}
