package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Reads {@code xsd:dateTime}; without a zone it is UTC. */
final class Moments {
  private Moments() {}

  /** The moment, or nothing for anything else than a well-formed literal of xsd:dateTime. */
  static Optional<Instant> read(Term term) {
    if (!(term instanceof Literal literal) || !literal.datatype().equals(Xsd.DATE_TIME)) {
      return Optional.empty();
    }
    try {
      TemporalAccessor read =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              literal.lexical(), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          read instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : ((LocalDateTime) read).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
