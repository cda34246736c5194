package io.mestral.node;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;

/** A gateway with Entities of its own, which answers by the library's templates. */
final class TestGateway implements AutoCloseable {
  private final String name;
  private final String token;
  private final Iri iri;
  private final Map<Iri, Entity> entities = new HashMap<>();
  private final Map<Iri, Function<Activity, Output>> functions = new HashMap<>();
  private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
  private Optional<Function<Request, Message>> answering = Optional.empty();
  private Optional<Mqtt5AsyncClient> client = Optional.empty();
  private volatile boolean answers = true;

  /** Known to the node by this name and token. */
  TestGateway(String name, String token) {
    this.name = name;
    this.token = token;
    this.iri = new Iri("https://fleet.example/id/" + name);
  }

  /** Makes a gateway known to a node as its administrator, and says its token. */
  static String known(HttpProbe http, String name) {
    return http.post(
            "/ops/v1/gateways",
            "{\"name\":\"%s\",\"iri\":\"https://fleet.example/id/%s\"}".formatted(name, name))
        .get("token")
        .asText();
  }

  /** What it manages, in Turtle. */
  TestGateway with(String turtle, String... names) {
    Graph graph = new MessageReader().graph(turtle.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE);
    for (String one : names) {
      Iri node = new Iri("https://fleet.example/id/" + one);
      entities.put(node, Entity.at(Entity.at(graph, node).closure(), node));
    }
    return this;
  }

  /** What can be called at it: what it gives for what it is called with. */
  TestGateway offering(String activity, Function<Activity, Output> function) {
    functions.put(new Iri("https://fleet.example/id/" + activity), function);
    return this;
  }

  /** Its own way to answer. */
  TestGateway answering(Function<Request, Message> own) {
    answering = Optional.of(own);
    return this;
  }

  /** What it is asked from now on it only takes. */
  TestGateway silent() {
    answers = false;
    return this;
  }

  /** What it was asked, in its order; each once for every time that it came. */
  BlockingQueue<Request> asked() {
    return asked;
  }

  void connect(int port) {
    Mqtt5AsyncClient made =
        Mqtt5Client.builder()
            .identifier(name)
            .serverHost("127.0.0.1")
            .serverPort(port)
            .simpleAuth()
            .username("gateway:" + name)
            .password(token.getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
    made.connect().join();
    made.publishes(MqttGlobalPublishFilter.ALL, this::take);
    made.subscribeWith()
        .topicFilter("smartapi/1/" + name + "/in")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
    client = Optional.of(made);
  }

  void announce(String turtle) {
    publish("state", PREFIXES + notification() + turtle, true);
  }

  /** Says that it is there. */
  void beat(String turtle) {
    publish("hb", PREFIXES + turtle, false);
  }

  /** Tells something of an Entity that it wasn't asked for. */
  void tell(String entity, String turtle) {
    publish("ntf/" + URLEncoder.encode(entity, StandardCharsets.UTF_8), PREFIXES + turtle, false);
  }

  static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix ex: <https://example.org/vocab#> .
      @prefix fleet: <https://fleet.example/id/> .
      """;

  private String notification() {
    return "<urn:uuid:"
        + UUID.randomUUID()
        + "> a smartapi:Notification ; smartapi:generatedBy <"
        + iri.value()
        + "> ; smartapi:generatedAt \""
        + Instant.now().truncatedTo(ChronoUnit.MILLIS)
        + "\"^^xsd:dateTime ; smartapi:entity <"
        + iri.value()
        + "> .\n";
  }

  private void take(Mqtt5Publish publish) {
    Request request =
        (Request) new MessageReader().read(publish.getPayloadAsBytes(), Syntax.TURTLE).message();
    asked.add(request);
    if (!answers) return;
    byte[] body =
        new MessageWriter().write(answer(request), Manner.unasked(QudtFamily.LEGACY)).body();
    client
        .orElseThrow()
        .publishWith()
        .topic(publish.getResponseTopic().orElseThrow())
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(body)
        .correlationData(publish.getCorrelationData().orElseThrow())
        .send();
  }

  private Message answer(Request request) {
    if (answering.isPresent()) return answering.get().apply(request);
    if (request.activities().stream().anyMatch(one -> one.method().isEmpty())) return call(request);
    Templates templates = new Templates(stock(), Ontology.core(), Units.shared(), 1_000);
    Activity asked = request.activities().get(0);
    Outcome outcome =
        asked.method().equals(Optional.of(Individuals.WRITE))
            ? templates.write(asked, Instant.now())
            : templates.read(asked, Instant.now());
    outcome.changes().forEach(one -> one.after().ifPresent(e -> entities.put((Iri) e.node(), e)));
    Activity.Builder activity =
        new Activity.Builder(new Blank()).method(asked.method().orElse(Individuals.READ));
    outcome.entities().forEach(activity::entity);
    return new Response.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
        .generatedBy(iri)
        .generatedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .inReplyTo(request.iri().orElseThrow())
        .activity(activity.build())
        .build();
  }

  /** Whatever it doesn't know is an error, as gateways do who know what they offer alone. */
  private Response call(Request request) {
    Response.Builder response =
        new Response.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
            .generatedBy(iri)
            .generatedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .inReplyTo(request.iri().orElseThrow());
    for (Activity one : request.activities()) {
      Iri called = one.iri().orElseThrow();
      if (functions.containsKey(called))
        response.activity(
            new Activity.Builder(called).output(functions.get(called).apply(one)).build());
      else
        response.error(
            new ErrorReport.Builder()
                .type(Types.NOT_FOUND_ERROR)
                .code(404)
                .message(name + " doesn't offer " + called)
                .property(SmartApi.TARGET, called)
                .build());
    }
    return response.build();
  }

  private Stock stock() {
    return new Stock() {
      @Override
      public Optional<Entity> find(Iri name) {
        return Optional.ofNullable(entities.get(name));
      }

      @Override
      public Stream<Entity> all(Set<Iri> types) {
        return List.copyOf(entities.values()).stream();
      }

      @Override
      public boolean allows(Entity entity, Iri method) {
        return true;
      }
    };
  }

  private void publish(String kind, String turtle, boolean retained) {
    client
        .orElseThrow()
        .publishWith()
        .topic("smartapi/1/" + name + "/" + kind)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retained)
        .payload(turtle.getBytes(StandardCharsets.UTF_8))
        .send()
        .join();
  }

  void disconnect() {
    client.orElseThrow().disconnect().join();
    client = Optional.empty();
  }

  @Override
  public void close() {
    if (client.filter(one -> one.getState().isConnected()).isPresent()) disconnect();
  }
}
