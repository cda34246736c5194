package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Asks a node over HTTP, in Turtle. */
record SmartApiClient(HttpProbe http) {

  /** A message of this client. */
  static String message(String name, String kind, String says) {
    return TestGateway.PREFIXES
        + "<urn:uuid:%s> a smartapi:%s ; smartapi:generatedBy <https://client.example/id/app> ;"
            .formatted(name, kind)
        + " smartapi:generatedAt \""
        + Instant.now().truncatedTo(ChronoUnit.MILLIS)
        + "\"^^xsd:dateTime ; smartapi:id 7 ;\n"
        + says
        + " .\n";
  }

  /** A Request that nobody made before. */
  static String request(String says) {
    return message(UUID.randomUUID().toString(), "Request", says);
  }

  /** What a Request says that has one Activity. */
  static String activity(String method, String entities) {
    return "smartapi:activity [ a smartapi:Activity ; smartapi:method "
        + method
        + " ; smartapi:entity "
        + entities
        + " ]";
  }

  /** What the node answers; whatever it is stands inside of 200. */
  Message ask(String request) {
    return new MessageReader()
        .read(send(request).getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
        .message();
  }

  /** The same as it came. */
  String send(String request) {
    HttpResponse<String> answer =
        http.with("Content-Type", "text/turtle")
            .send("POST", "/smartapi/v1.0e1.0/access/", request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** What is known of a process now. */
  Message poll(long process) {
    return ask(
        message(UUID.randomUUID().toString(), "AliveRequest", "smartapi:processID " + process));
  }

  /** Asks again until it is over: at most for as long as a message takes on a busy machine. */
  Message pollUntilDone(long process) {
    Instant end = Instant.now().plusSeconds(30);
    Message answer = poll(process);
    while (answer.status().isPresent() && Instant.now().isBefore(end)) answer = poll(process);
    return answer;
  }

  /** Asks until something is found. */
  Message askUntilFound(String says) {
    Instant end = Instant.now().plusSeconds(30);
    Message answer = ask(request(says));
    while (entities(answer).isEmpty() && Instant.now().isBefore(end)) answer = ask(request(says));
    return answer;
  }

  static List<Entity> entities(Message answer) {
    return answer.activities().stream().flatMap(one -> one.entities().stream()).toList();
  }

  /** The number that the first Entity has for a property of {@code ex:}. */
  static double value(Message answer, String property) {
    return entities(answer)
        .get(0)
        .object(new Iri("https://example.org/vocab#" + property), ValueObject::at)
        .flatMap(ValueObject::value)
        .orElseThrow()
        .asDouble();
  }
}
