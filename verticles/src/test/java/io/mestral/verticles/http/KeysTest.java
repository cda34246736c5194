package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.trust.KeyNode;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The node's keys as everybody sees them, and whose keys administrators let it believe. */
class KeysTest extends HttpTest {
  private static final String KEYS = "/ops/v1/keys";
  private static final String KEY = "/smartapi/v1.0e1.0/key";
  private static final String MULTIKEY = "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd";

  private static JsonObject form(String id, String controller, String key) {
    return new JsonObject().put("id", id).put("controller", controller).put("public_key", key);
  }

  private HttpResponse<Buffer> trust(JsonObject form) {
    return post(KEYS).as(admin).send(form);
  }

  private static String pem(String name) {
    try (var file = KeysTest.class.getResourceAsStream(name + ".pem")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonArray listed() {
    return get(KEYS).as(admin).array();
  }

  private List<String> kinds() {
    return listed().stream().map(one -> ((JsonObject) one).getString("kind")).toList();
  }

  private Graph published() {
    return new TurtleReader(Limits.DEFAULT).read(get(KEY).send().body().getBytes());
  }

  @Test
  void everybodySeesTheNodesKeysAndNothingSecretOfThem() {
    Graph graph = published();
    KeyNode signing = KeyNode.read(graph, new Iri("http://example.org/id/node#key-1"));
    KeyNode agreement = KeyNode.read(graph, new Iri("http://example.org/id/node#key-2"));
    assertThat(signing.controller()).isEqualTo(new Iri("http://example.org/id/node"));
    assertThat(signing.key().multibase()).startsWith("z6Mk");
    assertThat(agreement.key().multibase()).startsWith("zDn");
    assertThat(graph.size()).isEqualTo(8);
    HttpResponse<Buffer> json = get(KEY).with("Accept", "application/ld+json").send();
    assertThat(json.getHeader("Content-Type")).startsWith("application/ld+json");
    assertThat(json.bodyAsString()).contains(signing.key().multibase());
  }

  @Test
  void keysThatWereReplacedAreShownForAsLongAsIsSaid() {
    HttpResponse<Buffer> made =
        post(KEYS + "/rotation").as(admin).send(new JsonObject().put("overlap", 60));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.bodyAsString()).contains("node#key-3", "node#key-4");
    assertThat(published().subjects()).hasSize(4);
    assertThat(listed().getJsonObject(0).containsKey("ends_at")).isTrue();
    assertThat(listed().getJsonObject(2).containsKey("ends_at")).isFalse();
  }

  @Test
  void aKeyIsBelievedUntilItIsRemoved() {
    String id = "https://example.org/id/ada#key-1";
    HttpResponse<Buffer> made = trust(form(id, "https://example.org/id/ada", MULTIKEY));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.bodyAsJsonObject().getString("public_key")).isEqualTo(MULTIKEY);
    HttpResponse<Buffer> again = trust(form(id, "https://example.org/id/eve", MULTIKEY));
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.bodyAsString()).contains("\"id\":[\"has already been taken\"]");
    assertThat(kinds()).containsExactly("own_signing", "own_agreement", "trusted");
    String path = KEYS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    assertThat(node.call(HttpMethod.DELETE, path).as(admin).send().statusCode()).isEqualTo(200);
    assertThat(node.call(HttpMethod.DELETE, path).as(admin).send().statusCode()).isEqualTo(404);
    assertThat(kinds()).containsExactly("own_signing", "own_agreement");
  }

  @Test
  void anAuthorityIsBelievedByItsCertificate() {
    HttpResponse<Buffer> made = trust(new JsonObject().put("certificate", pem("authority")));
    assertThat(made.bodyAsJsonObject().getString("kind")).isEqualTo("authority");
    assertThat(made.bodyAsJsonObject().getString("controller")).isEqualTo("CN=Example Root");
    assertThat(made.bodyAsJsonObject().getString("id")).matches("sha256:[0-9a-f]{64}");
    assertThat(trust(new JsonObject().put("certificate", pem("authority"))).bodyAsString())
        .contains("has already been taken");
  }

  @Test
  void whoIsNoAuthorityVouchesForNobody() {
    assertThat(trust(new JsonObject().put("certificate", pem("nobody"))).bodyAsString())
        .contains("who is no authority");
    String two = pem("authority") + pem("authority");
    assertThat(trust(new JsonObject().put("certificate", two)).bodyAsString())
        .contains("must be one certificate as PEM, not 2");
    assertThat(kinds()).doesNotContain("authority");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void whatIsNoCertificateIsRefused(String text) {
    HttpResponse<Buffer> answer = trust(new JsonObject().put("certificate", text));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.bodyAsString()).contains("as PEM");
  }

  @ParameterizedTest
  @CsvSource({
    "ada#key-1, urn:x:ada, " + MULTIKEY + ", must be an absolute IRI",
    "urn:x:ada#key-1, ada, " + MULTIKEY + ", must be an absolute IRI",
    "urn:x:ada#key-1, urn:x:ada, z6Mk, is no Multikey",
    "urn:x:ada#key-1, urn:x:ada, '', is no Multikey",
    "urn:x:ada#key-1, http://example.org/id/node, " + MULTIKEY + ", is this node itself",
    "http://example.org/id/node#key-1, urn:x:ada, " + MULTIKEY + ", is this node itself"
  })
  void whatIsNobodysKeyIsRefused(String id, String controller, String key, String why) {
    HttpResponse<Buffer> answer = trust(form(id, controller, key));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.bodyAsString()).contains(why);
    assertThat(kinds()).doesNotContain("trusted");
  }

  @Test
  void itStandsInTheAuditLogWhoseKeyIsBelieved() {
    trust(form("urn:x:ada#key-1", "urn:x:ada", MULTIKEY));
    assertThat(get("/v0/me/audit").as(admin).send().bodyAsString())
        .contains("POST /ops/v1/keys", "key urn:x:ada#key-1");
  }
}
