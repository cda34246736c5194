package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.rdf.Iri;
import java.time.Instant;

/** Which signed Requests have come, kept as long as one could come again. It has a bound. */
public interface SeenRequests {

  /** What became of remembering a Request. */
  enum Outcome {
    /** It is remembered now. */
    NEW,
    /** It was remembered before. */
    SEEN,
    /** There is no place for another one. */
    FULL
  }

  /**
   * Remembers a Request, in one step with looking whether it was there.
   *
   * @param request its IRI
   * @param until how long
   * @param now the time; what was to be kept until then may be forgotten
   * @return what became of it
   */
  Outcome remember(Iri request, Instant until, Instant now);
}
