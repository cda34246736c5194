package io.mestral.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change of an account's balance; never changed itself.
 *
 * @param sequence from 1, without gaps
 * @param amount what came, or with a minus went; as many digits as it was written with
 * @param counterAccount the number of the account on the other side, if there is one
 * @param contract the IRI of the contract that it was paid for, if it was
 * @param remark what somebody wrote about it
 */
public record KeptTransaction(
    long sequence,
    BigDecimal amount,
    Instant bookedAt,
    OptionalLong counterAccount,
    Optional<String> contract,
    Optional<String> remark) {}
