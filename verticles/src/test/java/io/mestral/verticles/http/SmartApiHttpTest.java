package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What tests share that send graphs which were signed or changed after they were made. */
abstract class SmartApiHttpTest extends HttpTest {
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix gr: <http://purl.org/goodrelations/v1#> .
      @prefix ex: <https://example.org/vocab#> .
      @prefix fleet: <https://fleet.example/id/> .
      """;

  /** Has the node believe somebody's key. */
  final void believe(Iri id, Iri controller, SecretMultikey key) {
    JsonObject form =
        new JsonObject()
            .put("id", id.value())
            .put("controller", controller.value())
            .put("public_key", key.publicKey().multibase());
    assertThat(post("/ops/v1/keys").as(admin).send(form).statusCode()).isEqualTo(201);
  }

  /** A Request that nobody made before. */
  final Received request(Iri sender, String says) {
    String turtle =
        PREFIXES
            + "<urn:uuid:%s> a smartapi:Request ; smartapi:generatedBy <%s> ;"
                .formatted(UUID.randomUUID(), sender.value())
            + " smartapi:generatedAt \"%s\"^^xsd:dateTime ;\n".formatted(node.clock.instant())
            + says
            + " .\n";
    return new MessageReader().read(turtle.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE);
  }

  /**
   * What the node answers.
   *
   * @param who null: nobody
   */
  final Message ask(TestNode.Person who, Graph request) {
    Buffer body = Buffer.buffer(new NTriplesWriter().write(request));
    TestNode.Call call =
        post("/smartapi/v1.0e1.0/access/").with("Content-Type", "application/n-triples");
    HttpResponse<Buffer> answer = (who == null ? call : call.as(who)).send(body);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return new MessageReader().read(answer.body().getBytes(), Syntax.N_TRIPLES).message();
  }

  static List<String> errors(Message answer) {
    return answer.errors().stream().map(ErrorReport::message).map(Optional::orElseThrow).toList();
  }
}
