package io.mestral.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody bought.
 *
 * @param iri its IRI
 * @param nonce of the offer that was accepted; none is accepted twice
 * @param client the IRI of who pays
 * @param provider the IRI of who is paid
 * @param item the IRI of the Entity that was bought access to
 * @param price what it cost
 * @param keyHash the hash of its licence key, if it has one
 * @param request the IRI of the message that it was bought by, if that has one
 */
public record KeptContract(
    String iri,
    String nonce,
    String client,
    String provider,
    String item,
    Price price,
    Optional<String> keyHash,
    Optional<String> request,
    Validity validity) {

  /**
   * What something cost.
   *
   * @param amount zero or more
   * @param currency a code of ISO 4217
   */
  public record Price(BigDecimal amount, String currency) {
    /** Nobody is paid for buying. */
    public Price {
      if (amount.signum() < 0) throw new IllegalArgumentException("a price of " + amount);
    }
  }

  /**
   * When it holds.
   *
   * @param from included
   * @param through not included
   * @param revokedAt from when on it doesn't any more
   */
  public record Validity(Instant from, Instant through, Optional<Instant> revokedAt) {
    /** Whether it holds at a moment. */
    public boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(through) && revokedAt.isEmpty();
    }
  }
}
