package io.mestral.verticles.mail;

import io.mestral.storage.Mail;
import io.mestral.verticles.auth.TokenVault;

/** What people read in a mail that waits. */
public final class LetterText {
  private LetterText() {}

  public static String of(Mail mail, TokenVault vault) {
    return new LetterSeal(vault).open(mail.body()).orElseThrow().text();
  }
}
