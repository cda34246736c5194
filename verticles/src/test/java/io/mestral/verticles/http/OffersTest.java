package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Sx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values at a price, from the offer to the contract; Smart API, sections 2.12, 2.15 and 2.16. */
class OffersTest extends SmartApiHttpTest {
  private static final Iri ALICE = new Iri("https://client.example/id/alice");
  private static final Iri KEY = new Iri("https://client.example/id/alice#key-1");
  private static final Iri ROOM = new Iri("https://fleet.example/id/room-5");
  private static final Iri HALL = new Iri("https://fleet.example/id/hall");
  private static final SecretMultikey SIGNING =
      SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
  private static final String READ_ROOM =
      """
      smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ; smartapi:entity fleet:room-5 ] .
      fleet:room-5 a ex:Room ; ex:temperature [ a smartapi:ValueObject ;
        qudt:quantityKind quantity:ThermodynamicTemperature ; qudt:unit unit:DegreeFahrenheit ]
      """;

  private int account;

  @BeforeEach
  void adaSellsWhatHerRoomMeasuresAndAliceHasAnAccount() {
    believe(KEY, ALICE, SIGNING);
    assertThat(errors(ask(ada, request(ada(), create("room-5", "0.25", "2.05E1")).original())))
        .isEmpty();
    assertThat(errors(ask(ada, request(ada(), create("hall", "3.00", "1.2E1")).original())))
        .isEmpty();
    account = open(ALICE, "10.00");
  }

  private static String create(String name, String price, String degrees) {
    return """
        smartapi:activity [ a smartapi:Activity ; smartapi:method sx:Create ; smartapi:entity fleet:%1$s ] .
        fleet:%1$s a ex:Room ; ex:colour "white" ;
          ex:temperature [ a smartapi:ValueObject ; qudt:quantityKind quantity:ThermodynamicTemperature ;
            qudt:unit unit:DegreeCelsius ; rdf:value %3$s ] ;
          gr:offers [ a gr:Offering ; gr:name "Room climate" ; gr:hasBusinessFunction gr:ProvideService ;
            gr:hasPriceSpecification [ a gr:UnitPriceSpecification ; gr:hasCurrency "EUR" ;
              gr:hasCurrencyValue "%2$s"^^xsd:float ; gr:valueAddedTaxIncluded true ] ]
        """
        .formatted(name, price, degrees);
  }

  private Iri ada() {
    return new Iri("http://example.org/id/users/" + ada.user().uuid());
  }

  private int open(Iri holder, String deposit) {
    JsonObject wanted = new JsonObject().put("holder", holder.value()).put("currency", "EUR");
    HttpResponse<Buffer> made = post("/ops/v1/accounts").as(admin).send(wanted);
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    int id = made.bodyAsJsonObject().getInteger("id");
    JsonObject paid = new JsonObject().put("amount", deposit).put("remark", "Deposit");
    assertThat(post("/ops/v1/accounts/" + id + "/transactions").as(admin).send(paid).statusCode())
        .isEqualTo(201);
    return id;
  }

  private static Entity entity(Message answer) {
    assertThat(errors(answer)).isEmpty();
    return answer.activities().get(0).entities().get(0);
  }

  private static List<Term> values(Entity one) {
    return one.closure()
        .triples()
        .filter(triple -> triple.predicate().equals(Rdf.VALUE))
        .map(Triple::object)
        .toList();
  }

  private static Resource offering(Entity one) {
    return (Resource) one.graph().objects(one.node(), Gr.OFFERS).iterator().next();
  }

  private Entity offered(String asked) {
    Entity offered = entity(ask(null, request(ALICE, asked).original()));
    assertThat(values(offered)).isEmpty();
    return offered;
  }

  /** The Entity as it was offered, with Alice's proof, in a Request of hers. */
  private Graph accepted(Entity offered, UnaryOperator<Graph> changed) {
    Received request =
        request(
            ALICE,
            "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ;"
                + " smartapi:entity <"
                + ((Iri) offered.node()).value()
                + "> ]");
    Graph both = Graph.builder().addAll(request.original()).addAll(offered.closure()).build();
    return new Proofs()
        .sign(changed.apply(both), offered.node(), new Signer(KEY, SIGNING), node.clock.instant());
  }

  private Message accept(Entity offered) {
    return ask(null, accepted(offered, UnaryOperator.identity()));
  }

  private JsonObject account(int id) {
    return get("/ops/v1/accounts/" + id).as(admin).send().bodyAsJsonObject();
  }

  private String balance(Iri holder) {
    JsonArray found =
        get("/ops/v1/accounts?holder=" + holder.value()).as(admin).send().bodyAsJsonArray();
    return found.isEmpty() ? "none" : found.getJsonObject(0).getString("balance");
  }

  private static void assertRefused(Message answer, ErrorType type, String why) {
    assertThat(answer.errors()).singleElement().matches(one -> one.isA(type.type()));
    assertThat(errors(answer).get(0)).contains(why);
    assertThat(answer.graph().triples().map(Triple::object))
        .doesNotContain(Literal.of("6.89E1", Xsd.DOUBLE));
  }

  @Test
  void whoAcceptsAnOfferPaysOnceAndGetsTheValuesInTheirUnits() {
    Entity offered = offered(READ_ROOM);
    assertThat(offered.graph().objects(offering(offered), Sx.NONCE)).hasSize(1);
    Message answer = accept(offered);
    Entity read = entity(answer);
    assertThat(values(read)).containsExactly(Literal.of(68.9));
    Iri contract = answer.contract().orElseThrow().iri().orElseThrow();
    assertThat(answer.contract().get().covered())
        .singleElement()
        .matches(it -> it.node().equals(ROOM));
    assertThat(balance(ALICE)).isEqualTo("9.75");
    assertThat(balance(ada())).isEqualTo("0.25");
    JsonObject debit = account(account).getJsonArray("transactions").getJsonObject(0);
    assertThat(debit.getString("amount")).isEqualTo("-0.25");
    assertThat(debit.getString("contract")).isEqualTo(contract.value());
  }

  @Test
  void twoThingsAreBoughtByOneRequestAndEachHasItsContract() {
    Entity room = offered(READ_ROOM);
    Entity hall = offered(READ_ROOM.replace("fleet:room-5", "fleet:hall"));
    Received request =
        request(
            ALICE,
            "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ;"
                + " smartapi:entity fleet:room-5 , fleet:hall ]");
    Graph graph =
        Graph.builder()
            .addAll(request.original())
            .addAll(room.closure())
            .addAll(hall.closure())
            .build();
    for (Iri one : List.of(ROOM, HALL))
      graph = new Proofs().sign(graph, one, new Signer(KEY, SIGNING), node.clock.instant());
    Message answer = ask(null, graph);
    assertThat(errors(answer)).isEmpty();
    assertThat(answer.activities().get(0).entities())
        .hasSize(2)
        .allSatisfy(one -> assertThat(values(one)).isNotEmpty())
        .allSatisfy(one -> assertThat(one.graph().objects(one.node(), Sx.CONTRACT)).hasSize(1));
    assertThat(balance(ALICE)).isEqualTo("6.75");
  }

  @Test
  void nobodyIsPaidForBuying() {
    ask(ada, request(ada(), create("cellar", "-9.00", "9.0E0")).original());
    Entity offered = offered(READ_ROOM.replace("fleet:room-5", "fleet:cellar"));
    assertRefused(accept(offered), ErrorType.PAYMENT_REQUIRED_ERROR, "isn't booked");
    assertThat(balance(ALICE)).isEqualTo("10.00");
    assertThat(balance(ada())).isEqualTo("none");
  }

  @Test
  void aContractOfOthersIsNobodysAffairHereWhereNothingIsPriced() {
    ask(
        ada,
        request(ada(), create("free", "1", "9.0E0").replaceAll("(?s);\\s*gr:offers.*", ""))
            .original());
    Message read =
        ask(
            null,
            request(
                    ALICE,
                    "sx:contract <https://other.example/contracts/1> ;\n"
                        + READ_ROOM.replace("fleet:room-5", "fleet:free"))
                .original());
    assertThat(values(entity(read))).isNotEmpty();
  }

  @Test
  void theOwnerAndAdministratorsPayNothing() {
    assertThat(values(entity(ask(ada, request(ada(), READ_ROOM).original()))))
        .containsExactly(Literal.of(68.9));
  }

  @Test
  void theSameRequestIsAnsweredAgainAndAnotherOneWithTheSameOfferIsRefused() {
    Entity offered = offered(READ_ROOM);
    Graph request = accepted(offered, UnaryOperator.identity());
    Message first = ask(null, request);
    assertThat(ask(null, request).iri()).isEqualTo(first.iri());
    assertRefused(accept(offered), ErrorType.PAYMENT_REQUIRED_ERROR, "was accepted before");
    assertThat(balance(ALICE)).isEqualTo("9.75");
  }

  @Test
  void anOfferThatWasChangedOrIsForSomethingElseOrOverIsRefused() {
    Entity offered = offered(READ_ROOM);
    Graph cheaper =
        accepted(
            offered,
            graph ->
                Graph.builder()
                    .addAll(graph)
                    .add(offering(offered), Gr.NAME, Literal.of("A gift"))
                    .build());
    assertRefused(ask(null, cheaper), ErrorType.PAYMENT_REQUIRED_ERROR, "was changed");
    Graph.Builder moved = Graph.builder();
    offered
        .closure()
        .triples()
        .map(t -> t.subject().equals(ROOM) ? new Triple(HALL, t.predicate(), t.object()) : t)
        .forEach(moved::add);
    assertRefused(
        accept(Entity.at(moved.build(), HALL)),
        ErrorType.PAYMENT_REQUIRED_ERROR,
        "is for something else");
    node.clock.forward(Duration.ofHours(24));
    assertRefused(accept(offered), ErrorType.PAYMENT_REQUIRED_ERROR, "ended at");
    assertThat(balance(ALICE)).isEqualTo("10.00");
  }

  @Test
  void anOfferNeedsTheProofOfWhoPays() {
    Entity offered = offered(READ_ROOM);
    Graph unsigned =
        Graph.builder()
            .addAll(
                request(
                        ALICE,
                        "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ;"
                            + " smartapi:entity fleet:room-5 ]")
                    .original())
            .addAll(offered.closure())
            .build();
    assertRefused(ask(null, unsigned), ErrorType.SECURITY_ERROR, "no proof");
    assertThat(balance(ALICE)).isEqualTo("10.00");
  }

  @Test
  void whoCannotPayGetsNothingAndLosesNothing() {
    JsonObject out = new JsonObject().put("amount", "-9.80");
    post("/ops/v1/accounts/" + account + "/transactions").as(admin).send(out);
    assertRefused(
        accept(offered(READ_ROOM)), ErrorType.PAYMENT_REQUIRED_ERROR, "the account has 0.20 EUR");
    assertThat(balance(ALICE)).isEqualTo("0.20");
    assertThat(balance(ada())).isEqualTo("none");
  }

  @Test
  void valuesAreNotGuessedBySelectingByThem() {
    String warm =
        """
        smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ; smartapi:entity [ a ex:Room ;
          ex:colour "white" ; ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ; smartapi:minimum %s ] ] ]
        """;
    List<Entity> some =
        ask(null, request(ALICE, warm.formatted("0")).original()).activities().get(0).entities();
    List<Entity> none =
        ask(null, request(ALICE, warm.formatted("99")).original()).activities().get(0).entities();
    assertThat(some).hasSameSizeAs(none);
    assertThat(some).allSatisfy(one -> assertThat(values(one)).isEmpty());
  }

  @Test
  void underItsContractThingsAreReadAgainUntilItIsRevoked() {
    Message bought = accept(offered(READ_ROOM));
    String contract = bought.contract().orElseThrow().iri().orElseThrow().value();
    String again = "sx:contract <" + contract + "> ;\n" + READ_ROOM;
    Received request = request(ALICE, again);
    Graph signed =
        new Proofs()
            .sign(
                request.original(),
                request.message().node(),
                new Signer(KEY, SIGNING),
                node.clock.instant());
    assertThat(values(entity(ask(null, signed)))).containsExactly(Literal.of(68.9));
    assertThat(balance(ALICE)).isEqualTo("9.75");
    assertRefused(
        ask(null, request(ALICE, again).original()),
        ErrorType.PAYMENT_REQUIRED_ERROR,
        "isn't the sender's");
    String path = "/ops/v1/contracts/" + URLEncoder.encode(contract, StandardCharsets.UTF_8);
    assertThat(delete(path).as(admin).send().statusCode()).isEqualTo(200);
    Received late = request(ALICE, again);
    Graph lateSigned =
        new Proofs()
            .sign(
                late.original(),
                late.message().node(),
                new Signer(KEY, SIGNING),
                node.clock.instant());
    assertRefused(ask(null, lateSigned), ErrorType.PAYMENT_REQUIRED_ERROR, "doesn't hold any more");
  }

  @Test
  void aLicenceKeyIsHandedOutAndTakenOverTlsAlone() {
    String unsafe = "sx:contract [ a sx:License ; sx:licenseKey \"LK-2f9c-77d1\" ] ;\n" + READ_ROOM;
    assertRefused(
        ask(null, request(ALICE, unsafe).original()), ErrorType.SECURITY_ERROR, "over TLS");
    assertThat(accept(offered(READ_ROOM)).graph().triples().map(Triple::predicate))
        .doesNotContain(Sx.LICENSE_KEY);
  }

  @Test
  void anAccountIsReadByItsHolderAlone() {
    int own = open(ada(), "1.00");
    String read =
        "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ; smartapi:entity"
            + " <http://example.org/id/node/accounts/%d> ]";
    Entity account = entity(ask(ada, request(ada(), read.formatted(own)).original()));
    assertThat(account.graph().objects(account.node(), Sx.BALANCE))
        .containsExactly(Literal.of("1.00", Xsd.DECIMAL));
    assertThat(account.graph().triples().map(Triple::predicate)).contains(Sx.BOOKED_AT);
    assertRefused(
        ask(null, request(ALICE, read.formatted(own)).original()),
        ErrorType.NOT_AUTHORIZED_ERROR,
        "");
  }

  @Test
  void aSubscriptionDoesNotGoAroundThePrice() {
    String subscribe =
        "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Subscribe ;"
            + " smartapi:entity fleet:room-5 ]";
    assertRefused(
        ask(
            bob,
            request(new Iri("http://example.org/id/users/" + bob.user().uuid()), subscribe)
                .original()),
        ErrorType.PAYMENT_REQUIRED_ERROR,
        "have a price");
    assertRefused(
        ask(
            bob,
            request(
                    new Iri("http://example.org/id/users/" + bob.user().uuid()),
                    "sx:contract <urn:x:1> ; smartapi:nothing [ sx:licenseKey \"LK-1\" ] ;\n"
                        + subscribe)
                .original()),
        ErrorType.INVALID_PARAMS,
        "licence keys aren't kept");
  }
}
