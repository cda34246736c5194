package io.mestral.smartapi.error;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Types;

/** The kinds of error that an answer can report, each with its class and its code. */
public enum ErrorType {
  /** Not parsable, no or several message nodes, an unknown context. */
  PARSE_ERROR(Types.PARSE_ERROR, 400),
  /** The sender, the time or another part that must be there is missing; or it has expired. */
  INVALID_REQUEST(Types.INVALID_REQUEST, 400),
  /** Entities or Inputs don't fit the Activity, or a template of Write or Delete is empty. */
  INVALID_PARAMS(Types.INVALID_PARAMS, 422),
  /** A unit is unknown, or can't be converted into the wanted one. */
  UNIT_ERROR(Types.UNIT_ERROR, 422),
  /** An Offering has to be accepted first, or the accepted one was wrong, expired or used. */
  PAYMENT_REQUIRED_ERROR(Types.PAYMENT_REQUIRED_ERROR, 402),
  /** The sender lacks an Authorization. */
  NOT_AUTHORIZED_ERROR(Types.NOT_AUTHORIZED_ERROR, 403),
  /** A proof is missing or wrong, a certificate isn't trusted, or decryption failed. */
  SECURITY_ERROR(Types.SECURITY_ERROR, 401),
  /** The Entity or Activity that was named is unknown. */
  NOT_FOUND_ERROR(Types.NOT_FOUND_ERROR, 404),
  /** The IRI to create exists already, or a nonce was used before. */
  CONFLICT_ERROR(Types.CONFLICT_ERROR, 409),
  /** A message, a list or a result is over its limit. */
  TOO_LARGE_ERROR(Types.TOO_LARGE_ERROR, 413),
  /** The message came back to a gateway that it had passed, or its hops were used up. */
  LOOP_ERROR(Types.LOOP_ERROR, 508),
  /** Anything else inside the receiver. */
  SERVER_ERROR(Types.SERVER_ERROR, 500),
  /** No usable interface leads to the target. */
  UNREACHABLE_ERROR(Types.UNREACHABLE_ERROR, 502),
  /** The target was silent for longer than the timeout. */
  TIMEOUT_ERROR(Types.TIMEOUT_ERROR, 504);

  private final Iri type;
  private final int code;

  ErrorType(Iri type, int code) {
    this.type = type;
    this.code = code;
  }

  /**
   * The class that an Error of this kind has beside {@code smartapi:Error}.
   *
   * @return its IRI
   */
  public Iri type() {
    return type;
  }

  /**
   * The number for programs, {@code smartapi:errorCode}.
   *
   * @return 400 to 599, as HTTP would say it
   */
  public int code() {
    return code;
  }
}
