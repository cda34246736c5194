package io.mestral.smartapi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final Instant EIGHT = Instant.parse("2026-03-02T08:00:00Z"); // a Monday
  private static final Instant NINE = EIGHT.plus(Duration.ofHours(1));
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void theStartIsInTheSpanAndTheEndIsNot() {
    Span span = span(context().start(EIGHT).end(NINE));
    assertThat(in(span, EIGHT)).isTrue();
    assertThat(in(span, NINE.minusMillis(1))).isTrue();
    assertThat(in(span, NINE)).isFalse();
    assertThat(in(span, EIGHT.minusMillis(1))).isFalse();
  }

  @Test
  void aSpanThatEndsWhereItStartsIsThatInstant() {
    Span span = span(context().start(EIGHT).end(EIGHT));
    assertThat(in(span, EIGHT)).isTrue();
    assertThat(in(span, EIGHT.plusMillis(1))).isFalse();
  }

  @Test
  void oneEndAloneLeavesTheOtherOpen() {
    assertThat(in(span(context().start(EIGHT)), NOW.plus(Duration.ofDays(1000)))).isTrue();
    assertThat(in(span(context().end(EIGHT)), Instant.EPOCH)).isTrue();
    assertThat(in(span(context().end(EIGHT)), EIGHT)).isFalse();
  }

  @Test
  void aDurationReplacesTheEndThatIsMissing() {
    Duration hour = Duration.ofHours(1);
    assertThat(span(context().start(EIGHT).duration(hour)).end()).contains(NINE);
    assertThat(span(context().end(NINE).duration(hour)).start()).contains(EIGHT);
    Span alone = span(context().duration(hour));
    assertThat(alone.start()).contains(NOW.minus(hour));
    assertThat(alone.end()).contains(NOW);
  }

  @Test
  void aWeekdayIsThatOfTheEntitysTimeZone() {
    Span mondays = span(context().during(Gr.MONDAY));
    Instant late = Instant.parse("2026-03-02T23:30:00Z");
    assertThat(mondays.contains(late, ZoneOffset.UTC)).isTrue();
    assertThat(mondays.contains(late, ZoneId.of("Europe/Helsinki"))).isFalse();
  }

  @Test
  void aPeriodNarrowsTheSpan() {
    Span span = span(context().start(EIGHT).during(smartapi("Weekend")));
    assertThat(in(span, EIGHT)).isFalse();
    assertThat(in(span, EIGHT.plus(Duration.ofDays(5)))).isTrue();
    assertThat(in(span, EIGHT.minus(Duration.ofDays(1)))).isFalse(); // a Sunday before the start
    assertThat(in(span(context().during(smartapi("Weekday"))), EIGHT)).isTrue();
    assertThat(in(span(context().during(smartapi("March"))), EIGHT)).isTrue();
    assertThat(in(span(context().during(smartapi("April"))), EIGHT)).isFalse();
  }

  @Test
  void whatMakesNoSpanIsRefused() {
    assertRefused(context(), "neither start, end, duration nor during");
    assertRefused(context().start(NINE).end(EIGHT), "is after its end");
    assertRefused(context().duration(Duration.ofHours(-1)), "is negative");
    assertRefused(
        context().start(EIGHT).end(NOW).duration(Duration.ofHours(1)),
        "start and duration end at " + NINE);
    assertRefused(context().during(smartapi("Doomsday")), "smartapi:January to smartapi:December");
    assertRefused(context().during(new Iri(Gr.NAMESPACE + "monday")), "gr:Monday to gr:Sunday");
  }

  private static void assertRefused(TemporalContext.Builder context, String why) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> span(context))
        .withMessageContaining(why)
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  private static boolean in(Span span, Instant moment) {
    return span.contains(moment, ZoneOffset.UTC);
  }

  private static Span span(TemporalContext.Builder context) {
    return Span.of(context.build(), NOW);
  }

  private static TemporalContext.Builder context() {
    return new TemporalContext.Builder();
  }

  private static Iri smartapi(String name) {
    return new Iri(Namespaces.SMARTAPI + name);
  }
}
