package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.UserId;
import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.openapi.ApiContract;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteScopesTest {
  private static final Principal.User WITHOUT_SCOPES =
      new Principal.User(
          new UserId(7), "ada", Role.ADMIN, Authority.delegated(Set.of(), Set.of("token 1")));

  @Test
  void whatTakesSomebodySignedInTakesAScopeOfWhomThatWasGivenTo() throws Exception {
    List<String> open = new ArrayList<>();
    int asked = 0;
    JsonNode document =
        new ObjectMapper().readTree(ApiContract.load().document(Optional.empty()).toString());
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties())
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!operation.getValue().has("operationId") || takesVisitors(operation.getValue()))
          continue;
        asked++;
        HttpMethod method = HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
        if (isLetIn(method, path.getKey().replaceAll("\\{\\w+}", "7")))
          open.add(method + " " + path.getKey());
      }
    assertThat(asked).isGreaterThan(50);
    // Signing out gives nothing away; what is told of a token asks for openid itself.
    assertThat(open)
        .containsExactlyInAnyOrder(
            "DELETE /v0/sessions", "GET /oauth/userinfo", "POST /oauth/userinfo");
  }

  private static boolean takesVisitors(JsonNode operation) {
    JsonNode security = operation.path("security");
    if (security.isMissingNode()) return false;
    for (JsonNode way : security) if (way.isEmpty()) return true;
    return security.isEmpty();
  }

  private static boolean isLetIn(HttpMethod method, String path) {
    try {
      RouteScopes.check(Optional.of(WITHOUT_SCOPES), method, path);
      return true;
    } catch (Problem insufficient) {
      return false;
    }
  }
}
