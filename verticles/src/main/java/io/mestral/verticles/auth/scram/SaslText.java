package io.mestral.verticles.auth.scram;

import com.ongres.saslprep.SASLprep;
import com.ongres.stringprep.Profile;
import io.mestral.model.access.Secret;
import java.util.Optional;

/** Brings a password into the form that both sides derive keys from (SASLprep, RFC 4013). */
public final class SaslText {
  private static final Profile PROFILE = new SASLprep();

  private SaslText() {}

  /** Empty when the password has characters that it forbids, or nothing is left of it. */
  public static Optional<Secret> prepared(Secret password) {
    try {
      String text = PROFILE.prepareStored(password.reveal());
      return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
    } catch (IllegalArgumentException | IndexOutOfBoundsException forbiddenOrNothingLeft) {
      return Optional.empty();
    }
  }
}
