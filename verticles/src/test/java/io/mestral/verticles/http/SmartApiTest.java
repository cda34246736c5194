package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.access.Scope;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Smart API, sections 2, 3 and 8.1. */
class SmartApiTest extends HttpTest {
  private static final String ACCESS = "/smartapi/v1.0e1.0/access/";
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix owl: <http://www.w3.org/2002/07/owl#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
      @prefix ex: <https://example.org/vocab#> .
      @prefix fleet: <https://fleet.example/id/> .
      """;

  private String iriOf(TestNode.Person person) {
    return "http://example.org/id/users/" + person.user().uuid();
  }

  private static String request(String name, String sender, String activities) {
    return PREFIXES
        + "<urn:uuid:%s> a smartapi:Request ; smartapi:generatedBy <%s> ;".formatted(name, sender)
        + " smartapi:generatedAt \"2026-02-03T10:06:00Z\"^^xsd:dateTime ; smartapi:id 7 ;\n"
        + activities
        + " .\n";
  }

  private static String activity(String method, String entities) {
    return "smartapi:activity [ a smartapi:Activity ; smartapi:method "
        + method
        + " ; smartapi:entity "
        + entities
        + " ]";
  }

  private HttpResponse<Buffer> send(String path, TestNode.Person who, String type, Buffer body) {
    TestNode.Call call = post(path).with("Content-Type", type);
    return (who == null ? call : call.as(who)).send(body);
  }

  private Message ask(TestNode.Person who, String request) {
    return ask(ACCESS, who, request);
  }

  private Message ask(String path, TestNode.Person who, String request) {
    HttpResponse<Buffer> answer = send(path, who, "text/turtle", Buffer.buffer(request));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return read(answer, Syntax.TURTLE);
  }

  private static Message read(HttpResponse<Buffer> answer, Syntax syntax) {
    return new MessageReader().read(answer.body().getBytes(), syntax).message();
  }

  private Message as(TestNode.Person who, String method, String entities) {
    return ask(who, request(UUID.randomUUID().toString(), iriOf(who), activity(method, entities)));
  }

  private static List<Entity> entities(Message answer) {
    return answer.activities().stream().flatMap(one -> one.entities().stream()).toList();
  }

  private static List<String> errors(Message answer) {
    return answer.errors().stream()
        .map(ErrorReport::types)
        .flatMap(Set::stream)
        .map(Iri::value)
        .filter(type -> !type.equals(Namespaces.SMARTAPI + "Error"))
        .map(type -> type.substring(type.indexOf('#') + 1))
        .toList();
  }

  private static Iri ex(String name) {
    return new Iri("https://example.org/vocab#" + name);
  }

  private void createCars() {
    Message made =
        as(
            ada,
            "sx:Create",
            """
            fleet:car-7 , fleet:car-9 ] .
            fleet:car-7 a ex:Car ; ex:color "red" ;
              ex:speed [ a smartapi:ValueObject ; qudt:quantityKind quantity:Velocity ;
                qudt:unit unit:KilometerPerHour ; rdf:value 5.0E1 ] .
            fleet:car-9 a ex:Car ; ex:color "blue" ;
              ex:speed [ a smartapi:ValueObject ; qudt:unit unit:KilometerPerHour ; rdf:value 8.0E1
            """);
    assertThat(errors(made)).isEmpty();
    assertThat(entities(made)).hasSize(2);
  }

  @Test
  void whatIsCreatedIsReadByTemplateInTheAskersUnits() {
    createCars();
    Message answer =
        as(
            bob,
            "smartapi:Read",
            "[ a ex:Car ; ex:color \"red\" ; ex:speed [ a smartapi:ValueObject ;"
                + " qudt:quantityKind quantity:Velocity ; qudt:unit unit:MilePerHour ] ]");
    assertThat(errors(answer)).isEmpty();
    assertThat(answer.sequenceId()).contains(7L);
    assertThat(answer.generatedBy()).contains(new Iri("http://example.org/id/node"));
    Entity car = entities(answer).get(0);
    assertThat(entities(answer)).hasSize(1);
    assertThat(car.iri()).contains(new Iri("https://fleet.example/id/car-7"));
    assertThat(
            car.object(ex("speed"), ValueObject::at)
                .flatMap(speed -> speed.value())
                .map(speed -> speed.asDouble())
                .orElseThrow())
        .isCloseTo(31.0686, within(1e-3));
  }

  @Test
  void ownersAloneWriteAndDelete() {
    createCars();
    String faster =
        "[ a ex:Car ; ex:color \"red\" ; ex:speed [ a smartapi:ValueObject ;"
            + " qudt:unit unit:KilometerPerHour ; rdf:value 6.0E1 ] ]";
    assertThat(entities(as(bob, "smartapi:Write", faster))).isEmpty();
    assertThat(
            errors(
                as(
                    bob,
                    "smartapi:Write",
                    "fleet:car-7 ] . fleet:car-7 ex:speed [ a smartapi:ValueObject ; rdf:value 1.0E0")))
        .containsExactly("NotAuthorizedError");
    assertThat(entities(as(ada, "smartapi:Write", faster))).hasSize(1);
    assertThat(
            entities(
                as(
                    bob,
                    "smartapi:Read",
                    "[ a ex:Car ; ex:speed [ a smartapi:ValueObject"
                        + " ; qudt:unit unit:KilometerPerHour ; rdf:value 6.0E1 ] ]")))
        .hasSize(1);
    assertThat(errors(as(bob, "smartapi:Delete", "fleet:car-9")))
        .containsExactly("NotAuthorizedError");
    assertThat(errors(as(ada, "smartapi:Delete", "fleet:car-9"))).isEmpty();
    assertThat(errors(as(ada, "smartapi:Read", "fleet:car-9"))).containsExactly("NotFoundError");
  }

  @Test
  void aRequestThatComesAgainIsAnsweredTheSameAndDoneOnce() {
    String name = UUID.randomUUID().toString();
    String create = request(name, iriOf(ada), activity("sx:Create", "[ a ex:Lamp ]"));
    HttpResponse<Buffer> first = send(ACCESS, ada, "text/turtle", Buffer.buffer(create));
    HttpResponse<Buffer> again = send(ACCESS, ada, "text/turtle", Buffer.buffer(create));
    assertThat(again.bodyAsString()).isEqualTo(first.bodyAsString());
    assertThat(entities(as(ada, "smartapi:Read", "[ a ex:Lamp ]"))).hasSize(1);
    assertThat(errors(ask(ada, create.replace("ex:Lamp", "ex:Door"))))
        .containsExactly("ConflictError");
    assertThat(errors(ask(null, create))).containsExactly("ConflictError");
  }

  @Test
  void everyErrorOfTheVocabularyThatANodeAloneCanMake() {
    createCars();
    String me = iriOf(ada);
    String name = UUID.randomUUID().toString();
    assertThat(
            errors(
                ask(
                    ada,
                    request(name, "https://other.example/x", activity("smartapi:Read", "[]")))))
        .containsExactly("NotAuthorizedError");
    assertThat(
            errors(
                ask(ada, request(name, me, "sx:expires \"2026-01-01T00:00:00Z\"^^xsd:dateTime"))))
        .containsExactly("InvalidRequest");
    assertThat(errors(ask(ada, request(name, me, "smartapi:target fleet:x"))))
        .containsExactly("InvalidRequest");
    assertThat(
            errors(
                ask(
                    ada,
                    request(
                        name,
                        me,
                        "sx:via <http://example.org/id/node> ; "
                            + activity("smartapi:Read", "[]")))))
        .containsExactly("LoopError");
    assertThat(
            errors(
                ask(ada, request(name, me, "sx:hopLimit 0 ; " + activity("smartapi:Read", "[]")))))
        .containsExactly("LoopError");
    assertThat(errors(as(ada, "smartapi:Write", "[]"))).containsExactly("InvalidParams");
    assertThat(errors(as(ada, "smartapi:Read", "fleet:nothing"))).containsExactly("NotFoundError");
    assertThat(errors(as(ada, "sx:Create", "fleet:car-7"))).containsExactly("ConflictError");
    assertThat(
            errors(
                as(
                    ada,
                    "smartapi:Read",
                    "[ a ex:Car ; ex:speed [ a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ] ]")))
        .contains("UnitError");
    assertThat(errors(ask(null, request(name, me, activity("smartapi:Delete", "fleet:car-7")))))
        .containsExactly("NotAuthorizedError");
  }

  @Test
  void aDeviceOfThePlatformIsReadByWhatItMeasuresInTheAskersUnits() {
    reading(ada, device(ada, full()), "2026-02-03T10:05:00Z", 55, 20.0);
    Message answer =
        as(
            bob,
            "smartapi:Read",
            "[ a smartapi:Device ; smartapi:valueObject [ a smartapi:ValueObject ;"
                + " qudt:quantityKind quantity:ThermodynamicTemperature ;"
                + " qudt:unit unit:DegreeFahrenheit ] ]");
    assertThat(errors(answer)).isEmpty();
    assertThat(entities(answer)).hasSize(1);
    ValueObject temperature = entities(answer).get(0).valueObjects().get(0);
    assertThat(temperature.value().get().asDouble()).isCloseTo(68.0, within(1e-9));
    assertThat(temperature.instant()).contains(Instant.parse("2026-02-03T10:05:00Z"));
  }

  @Test
  void aNodeIsAliveForItselfAlone() {
    String probe =
        request(
                UUID.randomUUID().toString(),
                iriOf(ada),
                "smartapi:target <http://example.org/id/node>")
            .replace("smartapi:Request", "smartapi:AliveRequest");
    assertThat(errors(ask(ada, probe))).isEmpty();
    assertThat(errors(ask(ada, probe.replace("id/node", "id/gateway-2"))))
        .containsExactly("NotFoundError");
  }

  @Test
  void visitorsReadWhatIsPublic() {
    createCars();
    Message answer =
        ask(
            null,
            request(
                UUID.randomUUID().toString(),
                "https://client.example/id/app",
                activity("smartapi:Read", "fleet:car-7")));
    assertThat(entities(answer)).hasSize(1);
  }

  @Test
  void unitsAreConvertedByACall() {
    Message answer =
        ask(
            ada,
            request(
                UUID.randomUUID().toString(),
                iriOf(ada),
                "smartapi:activity sx:convertUnit . sx:convertUnit a smartapi:Activity ;"
                    + " smartapi:hasInput [ a smartapi:Input ; smartapi:parameter [ a"
                    + " smartapi:Parameter ; smartapi:key \"value\" ; rdf:value 100 ] , [ a"
                    + " smartapi:Parameter ; smartapi:key \"from\" ; rdf:value"
                    + " unit:DegreeCelsius ] , [ a smartapi:Parameter ; smartapi:key \"to\" ;"
                    + " rdf:value unit:DegreeFahrenheit ] ]"));
    assertThat(errors(answer)).isEmpty();
    assertThat(answer.activities().get(0).outputs().get(0).named().value("value").get().asDouble())
        .isEqualTo(212.0);
  }

  @Test
  void theNodesHealthIsAskedForByACall() {
    String call =
        "smartapi:activity sx:nodeHealth . sx:nodeHealth a smartapi:Activity ; smartapi:hasInput"
            + " [ a smartapi:Input ]";
    Message answer = ask(ada, request(UUID.randomUUID().toString(), iriOf(ada), call));
    assertThat(answer.activities().get(0).outputs().get(0).named().value("status").get().asString())
        .isEqualTo("ready");
  }

  @Test
  void syntaxesAreAgreedUpon() throws IOException {
    String read =
        request(
            UUID.randomUUID().toString(), iriOf(ada), activity("smartapi:Read", "[ a ex:Car ]"));
    HttpResponse<Buffer> answer =
        post(ACCESS)
            .as(ada)
            .with("Content-Type", "text/turtle; charset=us-ascii")
            .with("Accept", "text/html, application/ld+json;q=0.9, text/turtle;q=0.5")
            .with("X-SmartAPI-CallId", "41")
            .send(Buffer.buffer(read));
    assertThat(answer.getHeader("Content-Type")).startsWith("application/ld+json");
    assertThat(answer.getHeader("X-SmartAPI-CallId")).isEqualTo("41");
    assertThat(errors(read(answer, Syntax.JSON_LD))).isEmpty();

    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(read.getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<Buffer> unpacked =
        post(ACCESS)
            .as(ada)
            .with("Content-Type", "text/turtle")
            .with("Content-Encoding", "gzip")
            .send(Buffer.buffer(packed.toByteArray()));
    assertThat(unpacked.statusCode()).isEqualTo(200);
  }

  @Test
  void whatCantBeReadIsSaidInTheStatusAndInTheAnswer() {
    HttpResponse<Buffer> nonsense = send(ACCESS, ada, "text/turtle", Buffer.buffer("hello"));
    assertThat(nonsense.statusCode()).isEqualTo(400);
    assertThat(nonsense.getHeader("Content-Type")).startsWith("text/turtle");
    assertThat(nonsense.bodyAsString()).contains("ParseError");
    HttpResponse<Buffer> nothing = send(ACCESS, ada, "text/turtle", Buffer.buffer(PREFIXES));
    assertThat(nothing.statusCode()).isEqualTo(400);
    HttpResponse<Buffer> unknown = send(ACCESS, ada, "application/rdf+json", Buffer.buffer("{}"));
    assertThat(unknown.statusCode()).isEqualTo(415);
    assertThat(unknown.bodyAsString()).contains("application/ld+json");
    HttpResponse<Buffer> latin =
        send(
            ACCESS,
            ada,
            "text/turtle; charset=iso-8859-1",
            Buffer.buffer("# é".getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(latin.statusCode()).isEqualTo(415);
  }

  @Test
  void entitiesAreRegisteredAndFound() {
    String sender = iriOf(ada);
    String registration =
        request(
            UUID.randomUUID().toString(),
            sender,
            "smartapi:entity fleet:van-1 . fleet:van-1 a ex:Van ; ex:color \"white\"");
    Message done = ask("/smartapi/v1.0e1.0/register", ada, registration);
    assertThat(errors(done)).isEmpty();
    assertThat(done.entities()).hasSize(1);
    Message found =
        ask(
            "/smartapi/v1.0e1.0/search",
            null,
            request(
                UUID.randomUUID().toString(),
                "https://client.example/id/app",
                "smartapi:method smartapi:Read ; smartapi:entity [ a ex:Van ]"));
    assertThat(found.entities()).hasSize(1);
    assertThat(
            errors(
                ask(
                    "/smartapi/v1.0e1.0/register",
                    bob,
                    registration
                        .replace(sender, iriOf(bob))
                        .replaceFirst("uuid:[0-9a-f-]+", "uuid:" + UUID.randomUUID()))))
        .containsExactly("NotAuthorizedError");
  }

  @ParameterizedTest
  @CsvSource({
    "smartapi.read, smartapi:Read",
    "smartapi.write, smartapi:Write",
    "smartapi.create, sx:Create",
    "smartapi.delete, smartapi:Delete",
    "smartapi.call, "
  })
  void whoActsForAUserNeedsTheScopeOfTheMethod(String scope, String method) {
    createCars();
    String others =
        Scope.text(Scope.SMART_API).replace(scope + " ", "").replace(" smartapi.route", "");
    String asked =
        switch (String.valueOf(method)) {
          case "sx:Create" -> activity(method, "[ a ex:Lamp ]");
          case "smartapi:Write" ->
              activity(method, "fleet:car-7 ] . fleet:car-7 ex:color \"green\" . [ a ex:Nothing");
          case "null" ->
              "smartapi:activity sx:nodeHealth . sx:nodeHealth a smartapi:Activity ; smartapi:hasInput [ a smartapi:Input ]";
          default -> activity(method, "fleet:car-7");
        };
    assertThat(errors(askAs(named(ada, others), iriOf(ada), asked)))
        .containsExactly("NotAuthorizedError");
    assertThat(errors(askAs(named(ada, scope), iriOf(ada), asked))).isEmpty();
  }

  @Test
  void smartApiAdminIsForAdministrators() {
    createCars();
    String deleted = activity("smartapi:Delete", "fleet:car-7");
    String scopes = "smartapi.delete smartapi.admin";
    assertThat(errors(askAs(named(bob, scopes), iriOf(bob), deleted)))
        .containsExactly("NotAuthorizedError");
    assertThat(errors(askAs(named(admin, "smartapi.delete"), iriOf(admin), deleted)))
        .containsExactly("NotAuthorizedError");
    assertThat(errors(askAs(named(admin, scopes), iriOf(admin), deleted))).isEmpty();
  }

  private String named(TestNode.Person user, String scopes) {
    return post("/v0/me/tokens")
        .as(user)
        .send(new JsonObject().put("name", "test").put("scopes", scopes))
        .bodyAsJsonObject()
        .getString("token");
  }

  @Test
  void aGatewayAsksInItsOwnName() {
    String token =
        post("/ops/v1/gateways")
            .as(admin)
            .send(new JsonObject().put("name", "yard").put("iri", "https://fleet.example/id/yard"))
            .bodyAsJsonObject()
            .getString("token");
    String created = activity("sx:Create", "fleet:van-9 ] . fleet:van-9 a ex:Van . [ a ex:Nothing");
    assertThat(errors(askAs(token, "https://fleet.example/id/yard", created))).isEmpty();
    String deleted = activity("smartapi:Delete", "fleet:van-9");
    assertThat(errors(askAs(token, iriOf(ada), deleted))).containsExactly("NotAuthorizedError");
    assertThat(errors(as(bob, "smartapi:Delete", "fleet:van-9")))
        .containsExactly("NotAuthorizedError");
    assertThat(errors(askAs(token, "https://fleet.example/id/yard", deleted))).isEmpty();
  }

  private Message askAs(String token, String sender, String activity) {
    String request = request(UUID.randomUUID().toString(), sender, activity);
    return read(
        post(ACCESS)
            .with("Authorization", "Bearer " + token)
            .with("Content-Type", "text/turtle")
            .send(Buffer.buffer(request)),
        Syntax.TURTLE);
  }

  @Test
  void whoMayWriteAnEntityLeavesWhatIsHiddenOfItAsItWas() {
    String door =
        """
        fleet:door-1 ] .
        fleet:door-1 a ex:Door ; ex:pin <https://fleet.example/id/door-1#pin> ;
          sx:authorization [ a sx:Authorization ; sx:grantee <%s> ;
            sx:grantedMethod smartapi:Read , smartapi:Write ] .
        <https://fleet.example/id/door-1#pin> a smartapi:ValueObject ; rdf:value "4711" ;
          sx:authorization [ a sx:Authorization ; sx:resource <https://fleet.example/id/door-1#pin>
        """
            .formatted(iriOf(bob));
    assertThat(errors(as(ada, "sx:Create", door))).isEmpty();
    String write = "fleet:door-1 ] . fleet:door-1 ex:level [ a smartapi:ValueObject ; rdf:value 5";
    for (int time = 0; time < 2; time++)
      assertThat(errors(as(bob, "smartapi:Write", write))).isEmpty();
    Entity whole = entities(as(ada, "smartapi:Read", "fleet:door-1")).get(0);
    assertThat(whole.object(ex("pin"), ValueObject::at).flatMap(ValueObject::value)).isPresent();
    assertThat(whole.object(ex("level"), ValueObject::at).flatMap(ValueObject::value)).isPresent();
  }
}
