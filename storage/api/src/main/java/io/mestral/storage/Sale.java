package io.mestral.storage;

/** What came of a purchase. */
public sealed interface Sale {
  /**
   * It is booked.
   *
   * @param contract as it is kept
   */
  record Booked(KeptContract contract) implements Sale {}

  /**
   * The offer was accepted before.
   *
   * @param by what was bought by it
   */
  record Used(KeptContract by) implements Sale {}

  /** Who wants to buy has no account in the currency. */
  record NoAccount() implements Sale {}

  /**
   * There isn't enough in the account.
   *
   * @param account as it is
   */
  record NoFunds(KeptAccount account) implements Sale {}
}
