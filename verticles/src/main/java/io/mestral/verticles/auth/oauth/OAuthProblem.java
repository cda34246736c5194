package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;

/** A request of an application that isn't granted, in the protocol's own words. */
public final class OAuthProblem extends RuntimeException implements Refusing {
  private static final long serialVersionUID = 1L;

  private final transient ErrorObject error;

  OAuthProblem(ErrorObject error) {
    super(error.getCode() + ": " + error.getDescription(), null, false, false);
    this.error = error;
  }

  /** With a sentence that says more than the protocol's. */
  static OAuthProblem of(ErrorObject kind, String description) {
    return new OAuthProblem(kind.setDescription(description));
  }

  /** What was wrong with a request that can't be read. */
  static OAuthProblem unreadable(GeneralException failure) {
    ErrorObject error = failure.getErrorObject();
    return new OAuthProblem(error == null ? OAuth2Error.INVALID_REQUEST : error);
  }

  /** The error, its HTTP status with it. */
  public ErrorObject error() {
    return error;
  }

  @Override
  public Refusal refusal() {
    return Refusal.PROTOCOL_ERROR;
  }
}
