package io.mestral.smartapi.security.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReplayGuardTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Iri ONE = new Iri("urn:uuid:1");
  private static final Iri TWO = new Iri("urn:uuid:2");

  private final SeenRequests seen = new BoundedSeenRequests(2);

  private ReplayGuard at(Instant now) {
    return new ReplayGuard(seen, Duration.ofDays(7), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Graph request(Resource node, Instant generated) {
    return Graph.builder().add(node, SmartApi.GENERATED_AT, Literal.of(generated)).build();
  }

  private static Graph expiring(Resource node, Instant generated, Instant end) {
    return Graph.builder()
        .addAll(request(node, generated))
        .add(node, Sx.EXPIRES, Literal.of(end))
        .build();
  }

  @Test
  void aRequestPassesOnce() {
    at(NOW).pass(request(ONE, NOW), ONE);
    assertError(
        ErrorType.CONFLICT_ERROR,
        () -> at(NOW.plusSeconds(299)).pass(request(ONE, NOW), ONE),
        "The Request <urn:uuid:1> has come before.");
    at(NOW).pass(request(TWO, NOW), TWO);
  }

  @Test
  void aRequestIsAtMostFiveMinutesOld() {
    at(NOW.plusSeconds(300)).pass(request(ONE, NOW), ONE);
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW.plusSeconds(301)).pass(request(TWO, NOW), TWO),
        "The Request was generated at 2026-03-01T08:00:00Z, it is 2026-03-01T08:05:01Z now; without"
            + " sx:expires it may be 300 s old.");
  }

  @Test
  void aRequestThatSaysUntilWhenMayComeUntilThenAndOnce() {
    Instant end = NOW.plus(Duration.ofDays(1));
    Graph request = expiring(ONE, NOW, end);
    at(end).pass(request, ONE);
    assertError(
        ErrorType.CONFLICT_ERROR,
        () -> at(end.plusSeconds(120)).pass(request, ONE),
        "The Request <urn:uuid:1> has come before.");
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(end.plusSeconds(121)).pass(request, ONE),
        "The Request expired at 2026-03-02T08:00:00Z, it is 2026-03-02T08:02:01Z now.");
  }

  @Test
  void aRequestCannotBeKeptForEver() {
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW).pass(expiring(ONE, NOW, NOW.plus(Duration.ofDays(8))), ONE),
        "The Request expires at 2026-03-09T08:00:00Z, it may be at most PT168H from now.");
  }

  @Test
  void aRequestOfTheFutureIsRefused() {
    at(NOW.minusSeconds(120)).pass(request(ONE, NOW), ONE);
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW.minusSeconds(121)).pass(request(TWO, NOW), TWO),
        "The Request was generated at 2026-03-01T08:00:00Z, it is 2026-03-01T07:57:59Z now.");
  }

  @Test
  void whatATimeIsNotIsRefused() {
    Blank nameless = new Blank();
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW).pass(request(nameless, NOW), nameless),
        "A Request with a proof needs an IRI, so that it is taken only once.");
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW).pass(Graph.empty(), ONE),
        "A Request with a proof needs smartapi:generatedAt.");
    Graph text = Graph.builder().add(ONE, SmartApi.GENERATED_AT, Literal.of("now")).build();
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW).pass(text, ONE),
        "The Request's smartapi:generatedAt is \"now\", no xsd:dateTime.");
    Graph two =
        Graph.builder().addAll(request(ONE, NOW)).addAll(request(ONE, NOW.plusSeconds(1))).build();
    assertError(
        ErrorType.INVALID_REQUEST,
        () -> at(NOW).pass(two, ONE),
        "The Request has 2 values of smartapi:generatedAt.");
  }

  @Test
  void aFullMemoryIsAnAnswerAndIsEmptiedByTime() {
    Iri three = new Iri("urn:uuid:3");
    at(NOW).pass(request(ONE, NOW), ONE);
    at(NOW).pass(request(TWO, NOW), TWO);
    assertError(
        ErrorType.SERVER_ERROR,
        () -> at(NOW).pass(request(three, NOW), three),
        "No more signed Requests can be taken for now; try again later.");
    Instant later = NOW.plusSeconds(421);
    at(later).pass(request(three, later), three);
  }

  private static void assertError(ErrorType type, ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(type);
  }
}
