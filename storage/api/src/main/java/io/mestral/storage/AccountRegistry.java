package io.mestral.storage;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts, what was booked on them, and what was bought by it. */
public interface AccountRegistry {
  /** Opens an account. Fails with a {@link Conflict} when the holder has one in that currency. */
  Future<KeptAccount> open(String holder, String currency, KeptAccount.Limits limits, Instant now);

  /** The account of this number. */
  Future<Optional<KeptAccount>> find(long id);

  /** The accounts behind a number, in the order of their numbers. */
  Future<List<KeptAccount>> page(long after, int limit);

  /** The accounts of a holder, by number; one for each currency. */
  Future<List<KeptAccount>> ofHolder(String holder);

  /** The last transactions of an account, the newest first. */
  Future<List<KeptTransaction>> last(long id, int limit);

  /**
   * Books what came from outside the platform, or with a minus went there. Succeeds with the
   * account as it is then; with nothing when there is none of that number, or when not enough would
   * be left in it.
   */
  Future<Optional<KeptAccount>> book(long id, BigDecimal amount, Instant now, String remark);

  /**
   * Books what something costs from the client's account to the provider's, which is opened when
   * there is none, and keeps the contract: all of it or nothing. What costs nothing needs no
   * account.
   */
  Future<Sale> sell(KeptContract contract);

  /** Says that what was bought was delivered, so that the sale is never taken back any more. */
  Future<Void> fulfil(String contract, Instant now);

  /**
   * Takes a sale back that wasn't fulfilled: books the price back, whatever is left in the
   * provider's account, and revokes the contract. Whether there was something to take back.
   */
  Future<Boolean> reverse(String contract, Instant now);

  /** The contract of this IRI. */
  Future<Optional<KeptContract>> contract(String iri);

  /** The contract that was bought by an offer. */
  Future<Optional<KeptContract>> contractOfNonce(String nonce);

  /** The contract with a licence key of this hash. */
  Future<Optional<KeptContract>> contractOfKey(String keyHash);

  /** Ends a contract. Whether there was one that hadn't ended. */
  Future<Boolean> revoke(String contract, Instant now);
}
