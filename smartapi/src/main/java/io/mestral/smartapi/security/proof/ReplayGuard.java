package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * Takes each Request with a proof once (Smart API, section 7.3). It has to have an IRI and be at
 * most 300 s old, or not be over its {@code sx:expires} where it has one; its IRI is remembered
 * that long.
 *
 * @param seen remembers
 * @param longest how far ahead {@code sx:expires} may be, or Requests would have to be remembered
 *     for ever
 * @param clock tells the time
 */
public record ReplayGuard(SeenRequests seen, Duration longest, Clock clock) {
  /** How old a Request may be that doesn't say when it expires. */
  public static final Duration MOST_AGE = Duration.ofSeconds(300);

  private static final Duration SKEW = ProofVerifier.CLOCK_SKEW;

  /**
   * Lets a Request pass, once. Called after its proof was found to hold, so that nobody else can
   * use up its IRI.
   *
   * @param message the message
   * @param request the Request's node
   * @throws SmartApiException of type InvalidRequest if IRI or time are missing, or if it is too
   *     old or of the future; ConflictError if it came before; ServerError if no more Requests can
   *     be remembered
   */
  public void pass(Graph message, Resource request) {
    if (!(request instanceof Iri id)) {
      throw invalid(request, "A Request with a proof needs an IRI, so that it is taken only once.");
    }
    Instant now = clock.instant();
    Instant generated =
        moment(message, request, SmartApi.GENERATED_AT, "smartapi:generatedAt")
            .orElseThrow(
                () -> invalid(request, "A Request with a proof needs smartapi:generatedAt."));
    if (generated.isAfter(now.plus(SKEW))) {
      throw invalid(
          request, "The Request was generated at " + generated + ", it is " + now + " now.");
    }
    Instant end = end(message, request, generated, now).plus(SKEW);
    switch (seen.remember(id, end, now)) {
      case NEW -> {}
      case SEEN ->
          throw new SmartApiException(
              ErrorType.CONFLICT_ERROR, "The Request " + id + " has come before.", request);
      default ->
          throw new SmartApiException(
              ErrorType.SERVER_ERROR,
              "No more signed Requests can be taken for now; try again later.",
              request);
    }
  }

  private Instant end(Graph message, Resource request, Instant generated, Instant now) {
    Optional<Instant> expires = moment(message, request, Sx.EXPIRES, "sx:expires");
    if (expires.isEmpty()) {
      if (generated.isBefore(now.minus(MOST_AGE))) {
        throw invalid(
            request,
            "The Request was generated at %s, it is %s now; without sx:expires it may be %d s old."
                .formatted(generated, now, MOST_AGE.toSeconds()));
      }
      return generated.plus(MOST_AGE);
    }
    Instant end = expires.get();
    if (end.isBefore(now.minus(SKEW))) {
      throw invalid(request, "The Request expired at " + end + ", it is " + now + " now.");
    }
    if (end.isAfter(now.plus(longest))) {
      throw invalid(
          request,
          "The Request expires at " + end + ", it may be at most " + longest + " from now.");
    }
    return end;
  }

  private static Optional<Instant> moment(
      Graph message, Resource request, Iri predicate, String name) {
    Collection<Term> values = message.objects(request, predicate);
    if (values.size() > 1) {
      throw invalid(request, "The Request has " + values.size() + " values of " + name + ".");
    }
    return values.stream()
        .findFirst()
        .map(
            value ->
                Moments.read(value)
                    .orElseThrow(
                        () ->
                            invalid(
                                request,
                                "The Request's " + name + " is " + value + ", no xsd:dateTime.")));
  }

  private static SmartApiException invalid(Resource request, String message) {
    return new SmartApiException(ErrorType.INVALID_REQUEST, message, request);
  }
}
