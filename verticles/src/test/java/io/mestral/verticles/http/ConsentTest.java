package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user agrees to is what the page said. */
class ConsentTest extends HttpTest {
  private static final String ASKED = "openid profile";

  private OAuthClient app() {
    return OAuthClient.of(node, bob, new JsonObject().put("scopes", ASKED));
  }

  @Test
  void whatTheApplicationCameToAskForMeanwhileIsShownFirst() {
    OAuthClient app = app().visitedBy(ada);
    Map<String, String> request = app.request(ASKED);
    request.remove("scope"); // all that it is registered for
    HttpResponse<Buffer> page = app.authorize(request);
    int id =
        get("/v0/applications").as(bob).send().bodyAsJsonArray().getJsonObject(0).getInteger("id");
    String more = ASKED + " devices:write";
    patch("/v0/applications/" + id).as(bob).send(new JsonObject().put("scopes", more));

    HttpResponse<Buffer> again = app.submit(page, Map.of("decision", "allow"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.bodyAsString()).contains("make, change and delete your devices");
    HttpResponse<Buffer> allowed = app.submit(again, Map.of("decision", "allow"));
    JsonObject tokens = app.redeem(OAuthClient.brought(allowed).get("code")).bodyAsJsonObject();
    assertThat(tokens.getString("scope").split(" ")).contains("devices:write");
  }

  @Test
  void whoIsToSignInAnewDoesSoOnce() {
    OAuthClient app = app().visitedBy(ada);
    Map<String, String> request = app.request(ASKED);
    request.put("max_age", "0");
    HttpResponse<Buffer> page = app.authorize(request);
    assertThat(page.bodyAsString()).contains("Sign in");
    HttpResponse<Buffer> in =
        app.submit(page, Map.of("username", "ada", "password", TestNode.PASSWORD));
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(app.follow(in).bodyAsString()).contains("Allow");
  }

  @Test
  void anEmptyStateIsNone() {
    OAuthClient app = app().visitedBy(ada);
    Map<String, String> request = app.request(ASKED);
    request.put("state", "");
    assertThat(app.allowed(request)).containsKey("code").doesNotContainKey("state");
  }
}
