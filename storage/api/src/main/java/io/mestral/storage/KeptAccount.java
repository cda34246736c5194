package io.mestral.storage;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An account of one holder in one currency.
 *
 * @param id its number at the platform
 * @param holder the IRI of whose it is
 * @param currency a code of ISO 4217
 * @param limits how far it may be drawn
 * @param balance the exact sum of its transactions
 * @param openedAt when it was made
 */
public record KeptAccount(
    long id, String holder, String currency, Limits limits, BigDecimal balance, Instant openedAt) {

  /**
   * How far an account may be drawn.
   *
   * @param credit how far the balance may fall below the deposit
   * @param deposit what is to be left in it
   */
  public record Limits(BigDecimal credit, BigDecimal deposit) {
    /** An account that can only be drawn as far as there is something in it. */
    public static final Limits NONE = new Limits(BigDecimal.ZERO, BigDecimal.ZERO);
  }
}
