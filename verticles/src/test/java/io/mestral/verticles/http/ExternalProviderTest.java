package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.config.OAuthOptions;
import io.mestral.config.OAuthOptions.External;
import io.mestral.config.OAuthOptions.Registration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that takes the tokens of another one. */
class ExternalProviderTest extends HttpTest {
  private TestNode other;

  @AfterEach
  void stopTheOther() {
    if (other != null) other.close();
  }

  /** A second node; {@code node} is its provider. */
  private void trusting(SignUp signUp, String audience) {
    External external = new External(node.url(), "second", Optional.empty(), Optional.of(audience));
    other =
        TestNode.start(
            0,
            signUp,
            new OAuthOptions(
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(30),
                Registration.OFF,
                Optional.of(external)));
    other.clock.forward(Duration.ofSeconds(Math.max(0, skew())));
    node.clock.forward(Duration.ofSeconds(skew()));
  }

  /** The library that checks the tokens looks at the machine's clock. */
  private long skew() {
    return Duration.between(node.clock.instant(), java.time.Instant.now()).toSeconds();
  }

  private String token(String scopes) {
    return OAuthClient.of(node, bob, new JsonObject().put("scopes", scopes))
        .visitedBy(ada)
        .tokens(scopes)
        .getString("access_token");
  }

  private HttpResponse<Buffer> me(String token) {
    return other.get("/v0/me").with("Authorization", "Bearer " + token).send();
  }

  @Test
  void usersOfTheProviderHaveAnAccountFromFirstSightOn() {
    trusting(SignUp.OPEN, node.url());
    String token = token("openid profile email");
    HttpResponse<Buffer> first = me(token);
    assertThat(first.statusCode()).as(first.bodyAsString()).isEqualTo(200);
    assertThat(first.bodyAsJsonObject().getString("username")).isEqualTo("ada");
    int id = first.bodyAsJsonObject().getInteger("id");
    assertThat(me(token("openid profile")).bodyAsJsonObject().getInteger("id")).isEqualTo(id);
  }

  @Test
  void whereNobodySignsUpStrangersStayOutside() {
    trusting(SignUp.CLOSED, node.url());
    assertThat(me(token("openid profile email")).statusCode()).isEqualTo(401);
  }

  @Test
  void anAddressThatNobodyVerifiedIsNobodysAccount() {
    trusting(SignUp.OPEN, node.url());
    other.person("ada", 5);
    assertThat(me(token("openid profile email")).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatIsMeantForSomebodyElseIsRefused() {
    trusting(SignUp.OPEN, "https://somebody.example.org");
    assertThat(me(token("openid profile email")).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatTheProviderDidNotSignIsRefused() {
    trusting(SignUp.OPEN, node.url());
    String token = token("openid profile email");
    String broken = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);
    assertThat(me(broken).statusCode()).isEqualTo(401);
  }

  @Test
  void theScopesOfTheTokenCountHereToo() {
    trusting(SignUp.OPEN, node.url());
    String token = token("openid profile email");
    HttpResponse<Buffer> made =
        other
            .call(io.vertx.core.http.HttpMethod.POST, "/v0/devices")
            .with("Authorization", "Bearer " + token)
            .send(new JsonObject().put("name", "Roof"));
    assertThat(made.statusCode()).isEqualTo(403);
  }
}
