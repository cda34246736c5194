package io.mestral.verticles.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.config.OAuthOptions;
import io.mestral.config.OAuthOptions.External;
import io.mestral.config.OAuthOptions.Registration;
import io.mestral.verticles.http.TestNode.Person;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Base64;
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
  void anAccountWithTheSameAddressIsMetByNobody() {
    trusting(SignUp.OPEN, node.url());
    other.person("ada", 5);
    HttpResponse<Buffer> refused = me(token("openid profile email"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.bodyAsJsonObject().getString("message"))
        .contains("An account here has your e-mail address", "POST /v0/me/identities");
  }

  @Test
  void whoIsSignedInAtBothLinksThem() {
    trusting(SignUp.CLOSED, node.url());
    Person grace = other.person("grace", 0);
    String token = token("openid profile email");
    JsonObject identity = new JsonObject().put("issuer", node.url()).put("subject", subject(token));
    HttpResponse<Buffer> linked = link(grace, token);
    assertThat(linked.statusCode()).as(linked.bodyAsString()).isEqualTo(201);
    assertThat(linked.bodyAsJsonObject()).isEqualTo(identity);
    assertThat(other.get("/v0/me/identities").as(grace).array()).containsExactly(identity);
    assertThat(me(token).bodyAsJsonObject().getString("username")).isEqualTo("grace");

    HttpResponse<Buffer> unlinked = unlink(grace, identity);
    assertThat(unlinked.statusCode()).isEqualTo(200);
    assertThat(other.changedUsers).contains(grace.user().id());
    assertThat(me(token).statusCode()).isEqualTo(401);
    assertThat(unlink(grace, identity).statusCode()).isEqualTo(404);
    assertThat(other.get("/v0/me/identities").as(grace).array()).isEmpty();
  }

  @Test
  void nobodyIsLinkedByATokenThatIsNoGood() {
    trusting(SignUp.OPEN, "https://somebody.example.org");
    Person grace = other.person("grace", 0);
    assertThat(link(grace, token("openid profile email")).statusCode()).isEqualTo(422);
    assertThat(link(grace, grace.token()).statusCode()).isEqualTo(422);
    assertThat(link(grace, "a.b.c").statusCode()).isEqualTo(422);
    assertThat(link(grace, " ").statusCode()).isEqualTo(400);
  }

  @Test
  void whoCameFromElsewhereLinksNobody() {
    trusting(SignUp.OPEN, node.url());
    String token = token("openid profile email");
    assertThat(me(token).statusCode()).isEqualTo(200);
    assertThat(link(new Person(ada.user(), token), token).statusCode()).isEqualTo(403);
  }

  private HttpResponse<Buffer> link(Person person, String token) {
    return other
        .call(HttpMethod.POST, "/v0/me/identities")
        .as(person)
        .send(new JsonObject().put("token", token));
  }

  private HttpResponse<Buffer> unlink(Person person, JsonObject identity) {
    String query =
        "?issuer=" + identity.getString("issuer") + "&subject=" + identity.getString("subject");
    return other.call(HttpMethod.DELETE, "/v0/me/identities" + query).as(person).send();
  }

  private static String subject(String token) {
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
    return new JsonObject(claims).getString("sub");
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
            .call(HttpMethod.POST, "/v0/devices")
            .with("Authorization", "Bearer " + token)
            .send(new JsonObject().put("name", "Roof"));
    assertThat(made.statusCode()).isEqualTo(403);
  }
}
