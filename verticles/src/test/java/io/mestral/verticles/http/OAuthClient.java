package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An application, and the browser of whoever uses it. */
final class OAuthClient {
  static final String FORM = "application/x-www-form-urlencoded";
  static final String CALLBACK = "https://app.example.org/callback";

  private final TestNode node;
  final String id;
  final Optional<String> secret;
  final CodeVerifier verifier = new CodeVerifier();
  private String cookies = "";

  private OAuthClient(TestNode node, String id, Optional<String> secret) {
    this.node = node;
    this.id = id;
    this.secret = secret;
  }

  /** An application that somebody registers. */
  static OAuthClient of(TestNode node, Person owner, JsonObject more) {
    JsonObject wanted =
        new JsonObject().put("name", "Field notes").put("redirect_uri", CALLBACK).mergeIn(more);
    HttpResponse<Buffer> answer =
        node.call(HttpMethod.POST, "/v0/applications").as(owner).send(wanted);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(201);
    JsonObject made = answer.bodyAsJsonObject();
    return new OAuthClient(
        node, made.getString("uid"), Optional.ofNullable(made.getString("secret")));
  }

  /** Signs somebody in at the browser. */
  OAuthClient visitedBy(Person person) {
    HttpResponse<Buffer> answer =
        node.call(HttpMethod.POST, "/v0/sessions")
            .send(
                new JsonObject()
                    .put("username", person.user().username())
                    .put("password", TestNode.PASSWORD));
    cookies = answer.getHeader("Set-Cookie").split(";")[0];
    assertThat(cookies).startsWith(SessionCookie.NAME);
    return this;
  }

  Map<String, String> request(String scope) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", id);
    request.put("redirect_uri", CALLBACK);
    request.put("scope", scope);
    request.put("state", "xyz");
    request.put(
        "code_challenge", CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
    request.put("code_challenge_method", "S256");
    return request;
  }

  HttpResponse<Buffer> authorize(Map<String, String> request) {
    return keep(node.get("/oauth/authorize?" + form(request)).with("Cookie", cookies).send());
  }

  /** Where a redirection within the node leads. */
  HttpResponse<Buffer> follow(HttpResponse<Buffer> answer) {
    return keep(node.get(answer.getHeader("Location")).with("Cookie", cookies).send());
  }

  /** Fills in the form of a page and sends it. */
  HttpResponse<Buffer> submit(HttpResponse<Buffer> page, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.putIfAbsent("guard", found(page, "name=\"guard\" value=\"([^\"]*)\""));
    String action = found(page, "<form method=\"post\" action=\"([^\"]*)\"").replace("&amp;", "&");
    return keep(
        node.call(HttpMethod.POST, action)
            .with("Cookie", cookies)
            .with("Origin", node.url())
            .send(FORM, form(all)));
  }

  /** What the user's browser brings back to the application when the user allows it. */
  Map<String, String> allowed(Map<String, String> request) {
    HttpResponse<Buffer> answer = submit(authorize(request), Map.of("decision", "allow"));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(303);
    return brought(answer);
  }

  static Map<String, String> brought(HttpResponse<Buffer> answer) {
    String location = answer.getHeader("Location");
    return Map.copyOf(
        Pattern.compile("[?&]([^=]+)=([^&]*)")
            .matcher(location)
            .results()
            .collect(
                Collectors.toMap(
                    found -> found.group(1),
                    found -> java.net.URLDecoder.decode(found.group(2), StandardCharsets.UTF_8))));
  }

  /** The tokens that a user's consent is worth. */
  JsonObject tokens(String scope) {
    HttpResponse<Buffer> answer = redeem(allowed(request(scope)).get("code"));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  HttpResponse<Buffer> redeem(String code) {
    return token(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            CALLBACK,
            "code_verifier",
            verifier.getValue()));
  }

  HttpResponse<Buffer> refresh(String refreshToken) {
    return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  HttpResponse<Buffer> token(Map<String, String> fields) {
    return ask("/oauth/token", fields);
  }

  HttpResponse<Buffer> ask(String path, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("client_id", id);
    secret.ifPresent(own -> all.put("client_secret", own));
    return node.call(HttpMethod.POST, path).send(FORM, form(all));
  }

  private HttpResponse<Buffer> keep(HttpResponse<Buffer> answer) {
    for (String cookie : answer.cookies()) {
      String pair = cookie.split(";")[0];
      String name = pair.substring(0, pair.indexOf('='));
      cookies =
          Pattern.compile("; ")
                  .splitAsStream(cookies)
                  .filter(old -> !old.isEmpty() && !old.startsWith(name + "="))
                  .map(old -> old + "; ")
                  .collect(Collectors.joining())
              + pair;
    }
    return answer;
  }

  private static String found(HttpResponse<Buffer> page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page.bodyAsString());
    assertThat(matcher.find()).as(page.bodyAsString()).isTrue();
    return matcher.group(1);
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
