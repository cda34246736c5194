/** Ledgers: entries chained by their hashes, so that the past can't be changed unseen. */
package io.mestral.smartapi.security.ledger;
