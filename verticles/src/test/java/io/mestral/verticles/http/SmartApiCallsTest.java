package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Activities that Entities offer; Smart API, sections 2.7 and 2.13. */
class SmartApiCallsTest extends HttpTest {
  private static final Iri COST = new Iri("https://fleet.example/id/route-cost");
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix fleet: <https://fleet.example/id/> .
      """;
  private static final String ROUTES =
      """
      smartapi:entity fleet:routes .
      fleet:routes a smartapi:Service ; smartapi:hasCapability fleet:route-cost .
      fleet:route-cost a smartapi:Activity ;
        smartapi:hasInput [ a smartapi:Input ; smartapi:parameter [ a smartapi:Parameter ;
          smartapi:key "distance" ; rdf:value [ a smartapi:ValueObject ;
            qudt:unit unit:Kilometer ; smartapi:maximum 100 ] ] ]
      """;

  private String iriOf(TestNode.Person person) {
    return person == null
        ? "https://client.example/id/app"
        : "http://example.org/id/users/" + person.user().uuid();
  }

  private Message ask(String path, TestNode.Person who, String says) {
    String request =
        PREFIXES
            + "<urn:uuid:%s> a smartapi:Request ; smartapi:generatedBy <%s> ;"
                .formatted(UUID.randomUUID(), iriOf(who))
            + " smartapi:generatedAt \"2026-02-03T10:06:00Z\"^^xsd:dateTime ; "
            + says
            + " .\n";
    TestNode.Call call = post("/smartapi/v1.0e1.0/" + path).with("Content-Type", "text/turtle");
    HttpResponse<Buffer> answer = (who == null ? call : call.as(who)).send(Buffer.buffer(request));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return new MessageReader().read(answer.body().getBytes(), Syntax.TURTLE).message();
  }

  private Message call(TestNode.Person who, String activity, String distance) {
    return ask(
        "access/",
        who,
        "smartapi:activity "
            + activity
            + " . "
            + activity
            + " a smartapi:Activity ; smartapi:hasInput [ a smartapi:Input ; smartapi:parameter"
            + " [ a smartapi:Parameter ; smartapi:key \"distance\" ; rdf:value "
            + distance
            + " ] ]");
  }

  private void adaRegistersRoutes() {
    assertThat(ask("register", ada, ROUTES).errors()).isEmpty();
  }

  private static ErrorReport error(Message answer, Iri type) {
    assertThat(answer.errors()).singleElement().matches(one -> one.isA(type));
    return answer.errors().get(0);
  }

  @Test
  void whatAServiceOffersIsReadByEverybody() {
    adaRegistersRoutes();
    Message answer =
        ask(
            "access/",
            null,
            "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ;"
                + " smartapi:entity [ a smartapi:Service ] ]");
    Entity service = answer.activities().get(0).entities().get(0);
    Activity offered = service.object(SmartApi.HAS_CAPABILITY, Activity::at).orElseThrow();
    assertThat(offered.iri()).contains(COST);
    assertThat(offered.inputs().get(0).named().names()).containsExactly("distance");
  }

  @Test
  void theOwnerCallsWithInputsThatFitAndNobodyManagesTheService() {
    adaRegistersRoutes();
    assertThat(error(call(ada, "fleet:route-cost", "50"), Types.UNREACHABLE_ERROR).message())
        .hasValueSatisfying(text -> assertThat(text).contains("isManagedBy"));
    ErrorReport wrong = error(call(ada, "fleet:route-cost", "500"), Types.INVALID_PARAMS);
    assertThat(wrong.message())
        .hasValueSatisfying(text -> assertThat(text).contains("\"distance\"", "up to 100"));
    assertThat(wrong.term(SmartApi.TARGET)).contains(COST);
    error(
        call(
            ada,
            "fleet:route-cost",
            "[ a smartapi:ValueObject ; rdf:value 5.0E0 ; qudt:unit unit:DegreeCelsius ]"),
        Types.UNIT_ERROR);
  }

  @Test
  void othersCallWhenTheOwnerLetsThem() {
    adaRegistersRoutes();
    Message refused = call(bob, "fleet:route-cost", "50");
    error(refused, Types.NOT_AUTHORIZED_ERROR);
    assertThat(refused.activities().get(0).object(Sx.AUTHORIZATION, Entity::at))
        .hasValueSatisfying(needed -> assertThat(needed.term(Sx.RESOURCE)).contains(COST));
    error(call(null, "fleet:route-cost", "50"), Types.NOT_AUTHORIZED_ERROR);
    String grant =
        "smartapi:activity [ a smartapi:Activity ; smartapi:method sx:Create ; smartapi:entity"
            + " fleet:routes ] . fleet:routes a smartapi:Service ; sx:authorization [ a"
            + " sx:Authorization ; sx:grantee <%s> ; sx:resource fleet:route-cost ; sx:revoked %s ]";
    assertThat(ask("access/", ada, grant.formatted(iriOf(bob), false)).errors()).isEmpty();
    error(call(bob, "fleet:route-cost", "50"), Types.UNREACHABLE_ERROR);
    error(call(null, "fleet:route-cost", "50"), Types.NOT_AUTHORIZED_ERROR);
    whatAServiceOffersIsReadByEverybodyStill();
    assertThat(ask("access/", ada, grant.formatted(iriOf(bob), true)).errors()).isEmpty();
    error(call(bob, "fleet:route-cost", "50"), Types.NOT_AUTHORIZED_ERROR);
  }

  private void whatAServiceOffersIsReadByEverybodyStill() {
    Message answer =
        ask(
            "access/",
            null,
            "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ;"
                + " smartapi:entity fleet:routes ]");
    assertThat(answer.errors()).isEmpty();
  }

  @Test
  void ofWhatThereIsThoseAreNamedThatTheAskerMaySee() {
    adaRegistersRoutes();
    String hidden =
        ROUTES.replace("routes", "secrets").replace("route-cost", "secret-cost")
            + " . fleet:secrets sx:authorization [ a sx:Authorization ; sx:grantee fleet:nobody ]";
    assertThat(ask("register", ada, hidden).errors()).isEmpty();
    assertThat(error(call(bob, "fleet:other", "1"), Types.NOT_FOUND_ERROR).message())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("fleet.example/id/other", "route-cost", "convertUnit")
                    .doesNotContain("secret"));
    assertThat(error(call(ada, "fleet:other", "1"), Types.NOT_FOUND_ERROR).message())
        .hasValueSatisfying(text -> assertThat(text).contains("secret-cost"));
  }

  @Test
  void whatSomebodyOffersNobodyElseDoes() {
    adaRegistersRoutes();
    String bobs = ROUTES.replace("fleet:routes", "fleet:rival");
    error(ask("register", bob, bobs), Types.CONFLICT_ERROR);
    assertThat(ask("register", ada, bobs).errors()).isEmpty();
  }
}
