package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.CatalogueSeed;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The general rules of spec 2.1. */
class RequestFormsTest extends HttpTest {
  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v0/sensors/55",
        "/v0/sensors/55/",
        "/v0/sensors/55.json",
        "/sensors/55",
        "/sensors/55/",
        "/sensors/55.json"
      })
  void aRouteAnswersInAllItsForms(String uri) {
    assertThat(get(uri).object().getString("name")).isEqualTo("Sensirion SHT31 - Temperature");
  }

  @Test
  void aTrailingSlashIsFineForEveryMethod() {
    int id = device(ada, "Roof");
    HttpResponse<Buffer> answer =
        patch("/v0/devices/" + id + "/").as(ada).send(new JsonObject().put("name", "Cellar"));
    assertThat(answer.bodyAsJsonObject().getString("name")).isEqualTo("Cellar");
    assertThat(delete("/devices/" + id + "/").as(ada).send().bodyAsString())
        .isEqualTo("{\"message\":\"OK\"}");
  }

  @Test
  void theQuerySurvivesThePathForm() {
    assertThat(get("/sensors/?per_page=2&page=2").array().getJsonObject(0).getInteger("id"))
        .isEqualTo(5);
  }

  @Test
  void putAndPatchAreEqual() {
    int id = device(ada, "Roof");
    HttpResponse<Buffer> answer =
        node.call(HttpMethod.PUT, "/v0/devices/" + id)
            .as(ada)
            .send(new JsonObject().put("description", "South"));
    assertThat(answer.bodyAsJsonObject().getString("name")).isEqualTo("Roof");
    assertThat(answer.bodyAsJsonObject().getString("description")).isEqualTo("South");
  }

  @Test
  void headIsGetWithoutBody() {
    HttpResponse<Buffer> answer = node.call(HttpMethod.HEAD, "/v0/sensors").send();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Total")).isEqualTo("" + CatalogueSeed.shipped().sensors().size());
    assertThat(answer.body()).isNull();
  }

  @Test
  void parametersComeFromQueryAndBodyAndTheBodyWins() {
    JsonObject made =
        post("/v0/devices?name=Query&description=South")
            .as(ada)
            .send(new JsonObject().put("name", "Body"))
            .bodyAsJsonObject();
    assertThat(made.getString("name")).isEqualTo("Body");
    assertThat(made.getString("description")).isEqualTo("South");
  }

  @Test
  void aUrlEncodedFormIsRead() {
    HttpResponse<Buffer> answer =
        post("/v0/devices")
            .as(ada)
            .send("application/x-www-form-urlencoded", "name=On+the%20roof&is_private=true");
    assertThat(answer.bodyAsJsonObject().getString("name")).isEqualTo("On the roof");
    assertThat(answer.bodyAsJsonObject().getJsonObject("data_policy").getBoolean("is_private"))
        .isTrue();
  }

  @Test
  void aMultipartFormIsRead() {
    String form =
        "--frontier\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRoof\r\n"
            + "--frontier\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\""
            + "\r\nContent-Type: image/png\r\n\r\nPNG\r\n--frontier--\r\n";
    HttpResponse<Buffer> answer =
        post("/v0/devices").as(ada).send("multipart/form-data; boundary=frontier", form);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.bodyAsJsonObject().getString("name")).isEqualTo("Roof");
  }

  @Test
  void jsonIsReadEvenWhenTheClientForgotToSaySo() {
    HttpResponse<Buffer> answer =
        post("/v0/devices")
            .as(ada)
            .send("application/x-www-form-urlencoded", "{\"name\":\"Roof\"}");
    assertThat(answer.bodyAsJsonObject().getString("name")).isEqualTo("Roof");
  }

  @Test
  void brokenJsonIsA400() {
    HttpResponse<Buffer> answer =
        post("/v0/devices").as(ada).send("application/json", "{\"name\":");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.bodyAsJsonObject().getString("id")).isEqualTo("bad_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud83d", "\\ude00\\ud83d", "\\ud83d-"})
  void whatNoTextCanHoldIsA400(String character) {
    for (String body : new String[] {"{\"name\":\"a%s\"}", "{\"meta\":{\"a%s\":1}}"})
      assertThat(
              post("/v0/devices")
                  .as(ada)
                  .send("application/json", body.formatted(character))
                  .bodyAsString())
          .contains("\"bad_request\"", "character");
    HttpResponse<Buffer> whole =
        post("/v0/devices").as(ada).send("application/json", "{\"name\":\"\\ud83d\\ude00\"}");
    assertThat(whole.statusCode()).isEqualTo(201);
    assertThat(get("/v0/sensors?a=%00").send().statusCode()).isEqualTo(400);
    assertThat(get("/v0/users/%00").send().statusCode()).isEqualTo(400);
  }

  @Test
  void aPathThatCannotBeDecodedIsA400() throws IOException {
    assertThat(raw("GET /v0/users/%ZZ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("Exception");
    assertThat(raw("GET /v0/sensors?a=%ZZ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("Exception");
  }

  @Test
  void answersAreJsonInUtf8() {
    assertThat(get("/v0/sensors").send().getHeader("Content-Type"))
        .isEqualTo("application/json; charset=utf-8");
  }

  @Test
  void aCallbackMakesAScriptOfTheAnswer() {
    HttpResponse<Buffer> answer = get("/v0/sensors/999?callback=app.show").send();
    assertAnswer(answer, 404, "/**/app.show(" + notFound("Sensor", "id", "999") + ")");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
  }

  @Test
  void aCallbackThatIsNoNameIsRefused() {
    HttpResponse<Buffer> answer = get("/v0/sensors?callback=alert(1)//").send();
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
  }

  @Test
  void theAnswerIsCompressedWhenTheClientTakesThat() throws IOException {
    HttpResponse<Buffer> answer = get("/v0/sensors").with("Accept-Encoding", "gzip").send();
    assertThat(answer.getHeader("Content-Encoding")).isEqualTo("gzip");
    try (GZIPInputStream plain =
        new GZIPInputStream(new ByteArrayInputStream(answer.body().getBytes()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).startsWith("[{\"id\":3");
    }
    assertThat(get("/v0/sensors").send().getHeader("Content-Encoding")).isNull();
  }

  @Test
  void strangersPagesMayAskButOnlyOwnOnesAreEchoed() {
    HttpResponse<Buffer> strange = get("/v0/sensors").with("Origin", "https://evil.test").send();
    assertThat(strange.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
    HttpResponse<Buffer> own = get("/v0/sensors").with("Origin", node.url()).send();
    assertThat(own.getHeader("Access-Control-Allow-Origin")).isEqualTo(node.url());
    assertThat(own.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(own.getHeader("Access-Control-Expose-Headers")).contains("Link, Total, Per-Page");
  }

  @Test
  void aPreflightIsAnsweredAtOnce() {
    HttpResponse<Buffer> answer =
        node.call(HttpMethod.OPTIONS, "/devices/7/").with("Origin", "https://a.test").send();
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.getHeader("Access-Control-Allow-Methods"))
        .isEqualTo("GET, POST, PUT, PATCH, DELETE, OPTIONS");
    assertThat(answer.getHeader("Access-Control-Allow-Headers"))
        .isEqualTo(
            "Authorization,OnboardingSession,DNT,X-CustomHeader,Keep-Alive,User-Agent,"
                + "X-Requested-With,If-Modified-Since,Cache-Control,Content-Type");
    assertThat(answer.getHeader("Access-Control-Max-Age")).isEqualTo("2592000");
  }

  @Test
  void everyAnswerHasARequestIdTheClientsWhenItIsSane() {
    assertThat(
            get("/sensors/").with("X-Request-Id", "abc-1").send().headers().getAll("X-Request-Id"))
        .containsExactly("abc-1");
    assertThat(get("/nowhere").with("X-Request-Id", "a b<c>").send().getHeader("X-Request-Id"))
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void aRouteThatIsNotThereIs404ForEveryMethod() {
    String body =
        "{\"id\":\"not_found\",\"message\":\"Endpoint not found\",\"errors\":null,\"url\":null}";
    assertAnswer(get("/v0/nothing").send(), 404, body);
    assertAnswer(delete("/v0/sensors/55").as(admin).send(), 404, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/ops/v1/nothing", "/ops/v1/users?callback=1(", "/users%ZZ", "/mqtt"})
  void anErrorOutsideThePlatformNamesTheRequest(String uri) throws IOException {
    assertThat(asked(uri)).startsWith("HTTP/1.1 4").contains("\"request_id\":\"abc-1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v0/nothing", "/v1/nothing", "/devices/7", "/devices/%ZZ", "/v0/%ZZ"})
  void thePlatformsErrorsHaveTheirShapes(String uri) throws IOException {
    assertThat(asked(uri)).startsWith("HTTP/1.1 4").doesNotContain("request_id");
  }

  private String asked(String uri) throws IOException {
    return raw(
        "GET " + uri + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc-1\r\nConnection: close\r\n\r\n");
  }

  @Test
  void aFormLargerThanAMegabyteIsRefused() {
    HttpResponse<Buffer> answer =
        post("/v0/devices").as(ada).send("application/json", " ".repeat((1 << 20) + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.bodyAsJsonObject().getString("id")).isEqualTo("payload_too_large");
  }

  @Test
  void aBodyThatGrowsTooLargeWithoutSayingSoIsRefused() throws IOException {
    StringBuilder request =
        new StringBuilder("POST /v0/sessions HTTP/1.1\r\nHost: a\r\n")
            .append("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    for (int i = 0; i < 17; i++) request.append(chunk);
    assertThat(raw(request + "0\r\n\r\n")).startsWith("HTTP/1.1 413");
  }

  @Test
  void aMultipartBodyThatGrowsTooLargeIsRefused() {
    String form =
        "--frontier\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n"
            + "x".repeat(1 << 20)
            + "\r\n--frontier--\r\n";
    HttpResponse<Buffer> answer =
        post("/v0/devices").as(ada).send("multipart/form-data; boundary=frontier", form);
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void aClientThatAsksBeforeItSendsIsToldToGoOn() throws IOException {
    String body = "{\"username\":\"ada\"}";
    String answers =
        raw(
            "POST /v0/sessions HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nExpect: 100-continue\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(answers).startsWith("HTTP/1.1 100").contains("HTTP/1.1 400").contains("password");
  }

  @Test
  void whatNobodyForesawIsA500ThatTellsNothing() {
    device(ada, "Roof");
    detours.always(
        ReadingStore.class,
        "latest",
        Detours.failing(new IllegalStateException("/secret/path is gone")));
    assertAnswer(
        get("/v0/devices").send(),
        500,
        "{\"id\":\"internal_server_error\",\"message\":\"Internal Server Error\","
            + "\"errors\":null,\"url\":null}");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", node.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
