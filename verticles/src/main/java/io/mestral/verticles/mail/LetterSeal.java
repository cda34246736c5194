package io.mestral.verticles.mail;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.SealedToken;
import io.mestral.verticles.auth.TokenVault;
import java.util.Base64;
import java.util.Optional;

/**
 * Letters as they wait in the queue: sealed with the node's key, for there are codes and links in
 * them that whoever reads a copy of the database is not to use.
 */
public final class LetterSeal {
  private static final String MARK = "letter:1:";

  private final TokenVault vault;

  /** Seals with what that vault seals with. */
  public LetterSeal(TokenVault vault) {
    this.vault = vault;
  }

  String close(Letter letter) {
    SealedToken sealed = vault.seal(Secret.of(letter.encoded()));
    return MARK + Base64.getEncoder().encodeToString(sealed.cipher());
  }

  /** The letter in a mail's body; a plain body, as earlier versions queued them, is its text. */
  Optional<Letter> open(String body) {
    if (!body.startsWith(MARK))
      return Optional.of(new Letter(Sender.NOTIFICATIONS, body, "", Optional.empty()));
    byte[] cipher = Base64.getDecoder().decode(body.substring(MARK.length()));
    return vault.open(new SealedToken("", cipher)).map(Secret::reveal).map(Letter::decoded);
  }
}
