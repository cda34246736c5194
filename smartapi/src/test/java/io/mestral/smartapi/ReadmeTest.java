package io.mestral.smartapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.condition.Condition;
import io.mestral.smartapi.condition.GraphScope;
import io.mestral.smartapi.condition.Operand;
import io.mestral.smartapi.condition.Operator;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.list.NudeLists;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Device;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.encryption.Decryption;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.encryption.Encrypted;
import io.mestral.smartapi.security.encryption.Encryption;
import io.mestral.smartapi.security.encryption.Recipient;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.Revocation;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.shape.Shapes;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The examples of README.md. What stands here between the markers stands there, too, which {@code
 * theReadmeHasTheExamplesAsTheyRun} sees to.
 */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path HERE = Path.of("src/test/java/io/mestral/smartapi/ReadmeTest.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s) *// README: (\\w+)\\n(.*?)\\n *// end\\n");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- (\\w+) -->\\n```java\\n(.*?)\\n```\\n");

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Iri GATEWAY = new Iri("https://fleet.example/id/gateway-2");
  private static final Iri KEY = new Iri("https://fleet.example/id/gateway-2#key-1");

  @Test
  void build() {
    // README: build
    Iri car = new Iri("https://example.org/vocab#Car");
    Iri speed = new Iri("https://example.org/vocab#speed");
    Iri mph = new Iri("http://data.nasa.gov/qudt/owl/unit#MilePerHour");
    Entity template =
        new Entity.Builder()
            .type(car)
            .property(speed, new ValueObject.Builder().unit(mph).build())
            .build();
    Request request =
        new Request.Builder(new Iri("urn:uuid:00000000-0000-4000-8000-000000000001"))
            .generatedBy(new Iri("https://client.example/id/app"))
            .generatedAt(Instant.parse("2026-03-01T08:00:00Z"))
            .activity(new Activity.Builder().method(Individuals.READ).entity(template).build())
            .build();
    Manner manner = Manner.unasked(QudtFamily.LEGACY); // Turtle, which every peer reads
    Document turtle = new MessageWriter().write(request, manner);
    Document json = new MessageWriter().write(request, manner.in(Syntax.JSON_LD));
    // end
    assertThat(new String(turtle.body(), UTF_8))
        .contains("a smartapi:Request ;", "smartapi:entity [ a");
    assertThat(new MessageReader().read(json.body(), Syntax.JSON_LD).message().activities())
        .hasSize(1);
  }

  @Test
  void read() throws IOException {
    byte[] body = example("01b-read-response.ttl");
    // README: read
    Received received = new MessageReader().read(body, Syntax.ofMediaType("text/turtle").get());
    Message message = received.message(); // a Request, Response or Notification
    Shapes.core().require(message.graph()); // or an error that says what is wrong, and where
    Entity car = message.activities().get(0).entities().get(0);
    ValueObject speed =
        car.object(new Iri("https://example.org/vocab#speed"), ValueObject::at).orElseThrow();
    double milesPerHour = speed.value().orElseThrow().asDouble();
    // end
    assertThat(message).isInstanceOf(Response.class);
    assertThat(milesPerHour).isIn(31.1, 0.0);
  }

  @Test
  void answer() throws IOException {
    Received received = new MessageReader().read(example("01a-read-request.ttl"), Syntax.TURTLE);
    Iri name = new Iri("https://fleet.example/id/car-7");
    Graph known =
        graph(
            """
            fleet:car-7 a ex:Car ; ex:color "red" ; ex:speed [ a smartapi:ValueObject ;
              qudt:quantityKind quantity:Velocity ; qudt:unit unit:KilometerPerHour ;
              rdf:value 5.0E1 ] .
            """);
    // README: answer
    Entity car = Entity.at(known, name); // 50 km/h; the request asks for miles per hour
    Stock stock =
        new Stock() {
          @Override
          public Optional<Entity> find(Iri iri) {
            return car.iri().filter(iri::equals).map(same -> car);
          }

          @Override
          public Stream<Entity> all(Set<Iri> types) {
            return Stream.of(car);
          }

          @Override
          public boolean allows(Entity entity, Iri method) {
            return true; // what the sender may do
          }
        };
    Templates templates =
        new Templates(stock, Ontology.core(), Units.shared(), Templates.MOST_ENTITIES);
    Message request = received.message();
    Activity asked = request.activities().get(0);
    Outcome outcome = templates.read(asked, request.generatedAt().orElseThrow());
    Activity.Builder answer = new Activity.Builder().method(asked.method().orElseThrow());
    outcome.entities().forEach(answer::entity);
    Response response =
        new Response.Builder()
            .generatedBy(new Iri("https://fleet.example/id/server"))
            .generatedAt(Instant.now())
            .activity(answer.build())
            .build();
    Document written = new MessageWriter().write(response, received.manner(QudtFamily.LEGACY));
    // end
    assertThat(new String(written.body(), UTF_8)).contains("unit:MilePerHour");
    ValueObject speed =
        response
            .activities()
            .get(0)
            .entities()
            .get(0)
            .object(new Iri("https://example.org/vocab#speed"), ValueObject::at)
            .orElseThrow();
    assertThat(speed.value().orElseThrow().asDouble()).isEqualTo(31.0685596119);
    assertThat(outcome.failures()).isEmpty();
  }

  @Test
  void million() {
    // README: million
    double[] numbers = new Random(1).doubles(1_000_000).toArray();
    Iri series = new Iri("https://fleet.example/id/series-1");
    Graph.Builder triples = Graph.builder();
    Resource list = new ListWriter().write(triples, NudeLists.of(numbers));
    triples.add(series, SmartApi.LIST, list);
    byte[] turtle = new TurtleWriter().write(triples.build());

    TurtleReader reader = new TurtleReader(Limits.DEFAULT.withBytes(64 << 20));
    TimeSeries read = TimeSeries.at(reader.read(turtle), series);
    double[] same =
        RdfList.read(read.graph(), read.items().orElseThrow()).orElseThrow().toDoubles();
    // end
    assertThat(same).isEqualTo(numbers);
  }

  @Test
  void convert() {
    // README: convert
    Measure celsius = Measure.in(new Iri("http://qudt.org/vocab/unit/DEG_C"));
    Measure fahrenheit = Measure.in(new Iri("http://qudt.org/vocab/unit/DEG_F"));
    BigDecimal warm = Units.shared().convert(new BigDecimal("19.25"), celsius, fahrenheit); // 66.65
    // end
    assertThat(warm).isEqualByComparingTo("66.65");
    assertThatThrownBy(
            () ->
                Units.shared()
                    .convert(1, celsius, Measure.in(new Iri("http://qudt.org/vocab/unit/M"))))
        .isInstanceOf(SmartApiException.class);
  }

  @Test
  void sign() {
    Message message = notification();
    TrustStore store = trusting(KEYS.publicKey());
    SecretMultikey key = KEYS;
    // README: sign
    Signer signer = new Signer(new Iri("https://fleet.example/id/gateway-2#key-1"), key);
    Proofs proofs = new Proofs();
    Graph signed = proofs.sign(message.graph(), message.node(), signer, Instant.now());

    CertificateTrust roots =
        new CertificateTrust(
            List.of(), Revocation.NEVER, CertificateTrust.DEFAULT_STATE_AGE, Clock.systemUTC());
    KeyResolver keys = new KeyResolver(store, roots, KeyServer.NONE);
    ProofVerifier verifier = new ProofVerifier(proofs, keys, Clock.systemUTC());
    verifier.verifyFor(signed, message.node(), message.generatedBy().orElseThrow()); // or it throws
    // end
    assertThatThrownBy(() -> verifier.verifyFor(message.graph(), message.node(), GATEWAY))
        .isInstanceOfSatisfying(
            SmartApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SECURITY_ERROR));
  }

  @Test
  void encrypt() {
    Message message = notification();
    Resource secret = message.activities().get(0).node();
    // README: encrypt
    SecretMultikey doors = SecretMultikey.generate(KeyType.P_256, new SecureRandom());
    Iri door = new Iri("https://fleet.example/id/door-3");
    Iri keyId = new Iri("https://fleet.example/id/door-3#key-1");
    List<Recipient> recipients = List.of(new Recipient.Agreement(keyId, door, doors.publicKey()));
    CryptoEngine engine = CryptoEngine.fastest();
    Encrypted encrypted =
        new Encryption(engine, false)
            .encrypt(message.graph(), secret, message.generatedBy().orElseThrow(), recipients);
    Graph sent = encrypted.message(); // in place of the Activity stands a stub

    Decryption decryption =
        new Decryption(
            engine, kid -> Optional.of(new DecryptionKey.Agreement(doors)), Limits.DEFAULT);
    Graph plain = decryption.decrypt(sent, Map.of());
    // end
    assertThat(new String(new TurtleWriter().write(sent), UTF_8)).doesNotContain("level 3");
    assertThat(new String(new TurtleWriter().write(plain), UTF_8)).contains("level 3");
  }

  @Test
  void condition() {
    Graph known = graph("fleet:car-7 a ex:Car ; ex:color \"red\" ; ex:doors 5 .");
    Iri car = new Iri("https://fleet.example/id/car-7");
    // README: condition
    Condition manyDoors =
        Condition.builder()
            .on(new Iri("https://example.org/vocab#doors"))
            .with(Operator.GREATER, Operand.of(3))
            .build();
    Condition reddish =
        Condition.builder().on(new Iri("https://example.org/vocab#color")).regex("^r").build();
    Condition both = Condition.builder().with(Operator.AND, manyDoors, reddish).build();
    GraphScope scope = new GraphScope(known, car, (value, from, to) -> Optional.empty());
    boolean holds = both.holds(scope, Optional.empty());
    // end
    assertThat(holds).isTrue();
    assertThat(Condition.builder().with(Operator.NOT, both).build().holds(scope, Optional.empty()))
        .isFalse();
  }

  @Test
  void series() {
    // README: series
    Graph.Builder triples = Graph.builder();
    Resource values =
        new ListWriter().write(triples, NudeLists.withGaps(new double[] {19.5, Double.NaN, 20.25}));
    TemporalContext morning =
        new TemporalContext.Builder()
            .start(Instant.parse("2026-03-01T08:00:00Z"))
            .end(Instant.parse("2026-03-01T08:30:00Z"))
            .build();
    TimeSeries series =
        new TimeSeries.Builder()
            .unit(new Iri("http://data.nasa.gov/qudt/owl/unit#DegreeCelsius"))
            .timeStep(Duration.ofMinutes(10)) // the second value is missing
            .temporalContext(morning)
            .items(values)
            .describe(triples.build())
            .build();
    Activity activity = new Activity.Builder().timeSeries(series).build();
    // end
    assertThat(new String(new TurtleWriter().write(activity.graph()), UTF_8))
        .contains("\"[19.5,null,20.25]\"^^rdf:JSON");
  }

  @Test
  void unknown() {
    byte[] body = new TurtleWriter().write(notification().graph());
    // README: unknown
    Received received = new MessageReader().read(body, Syntax.TURTLE);
    Entity entity = received.message().activities().get(0).entities().get(0);
    Set<Iri> everything = entity.properties(); // known to the library or not
    List<Variant> levels = entity.values(new Iri("https://example.org/vocab#alarm"));
    byte[] passedOn = new TurtleWriter().write(received.original()); // with all that came
    // end
    assertThat(everything).hasSize(2);
    assertThat(levels).containsExactly(Variant.of("level 3"));
    assertThat(new MessageReader().graph(passedOn, Syntax.TURTLE).size())
        .isEqualTo(received.original().size());
  }

  @Test
  void theReadmeHasTheExamplesAsTheyRun() throws IOException {
    Map<String, String> examples = blocks(EXAMPLE, Files.readString(HERE));
    String text = Files.readString(README);
    if (System.getProperty("readme.renew") != null) {
      text =
          BLOCK
              .matcher(text)
              .replaceAll(
                  block ->
                      Matcher.quoteReplacement(
                          "<!-- %s -->\n```java\n%s\n```\n"
                              .formatted(block.group(1), examples.get(block.group(1)))));
      Files.writeString(README, text);
    }
    assertThat(blocks(BLOCK, text))
        .as("renew it by: mvn -pl smartapi test -Dtest=ReadmeTest -Dreadme.renew")
        .isEqualTo(examples);
  }

  private static Map<String, String> blocks(Pattern pattern, String text) {
    Map<String, String> blocks = new LinkedHashMap<>();
    pattern
        .matcher(text)
        .results()
        .forEach(found -> blocks.put(found.group(1), found.group(2).stripIndent()));
    return blocks;
  }

  private static final SecretMultikey KEYS =
      SecretMultikey.generate(KeyType.ED25519, new SecureRandom());

  private static Message notification() {
    Device door =
        new Device.Builder(new Iri("https://fleet.example/id/door-3"))
            .property(new Iri("https://example.org/vocab#alarm"), Literal.of("level 3"))
            .build();
    return new Notification.Builder(new Iri("urn:uuid:00000000-0000-4000-8000-000000000002"))
        .generatedBy(GATEWAY)
        .generatedAt(NOW)
        .activity(new Activity.Builder().method(Individuals.NOTIFY).entity(door).build())
        .build();
  }

  private static TrustStore trusting(Multikey key) {
    return new TrustStore() {
      @Override
      public Optional<TrustedKey> key(Iri id) {
        return id.equals(KEY) ? Optional.of(new TrustedKey(KEY, GATEWAY, key)) : Optional.empty();
      }

      @Override
      public boolean maySpeakFor(Iri controller, Iri sender) {
        return false;
      }
    };
  }

  private static Graph graph(String turtle) {
    return TurtleText.graph("PREFIX fleet: <https://fleet.example/id/>\n" + turtle);
  }

  private static byte[] example(String name) throws IOException {
    return Files.readAllBytes(
        Path.of("src/test/resources/io/mestral/smartapi/examples").resolve(name));
  }
}
