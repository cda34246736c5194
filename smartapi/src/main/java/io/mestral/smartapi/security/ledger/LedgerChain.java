package io.mestral.smartapi.security.ledger;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;

/** The hashes of a ledger, and whether its chain holds (Smart API, section 7.6). */
public final class LedgerChain {
  /** What the first entry has for the hash of the entry before it: the hash of the empty string. */
  public static final String BEFORE_THE_FIRST = Multihash.of(new byte[0]);

  private LedgerChain() {}

  /**
   * The hash of a message with its sender's proofs, {@code sx:messageHash}. What gateways add on
   * the way has no part in it.
   *
   * @param message the message
   * @param node its node
   * @return the hash as text
   * @throws SmartApiException of type SecurityError if nothing is stated about the node, or if it
   *     has no canonical form
   */
  public static String messageHash(Graph message, Resource node) {
    return Multihash.of(Canonical.form(SecuredGraph.withProofs(message, node)));
  }

  /**
   * The hash of an entry, {@code sx:entryHash}; the entry's own hash and proofs have no part in it.
   *
   * @param entry the entry
   * @return the hash as text
   * @throws SmartApiException of type SecurityError if nothing is stated about it, or if it has no
   *     canonical form
   */
  public static String entryHash(LedgerEntry entry) {
    return Multihash.of(Canonical.form(SecuredGraph.ofLedgerEntry(entry.graph(), entry.node())));
  }

  /**
   * Puts an entry at the end of a chain.
   *
   * @param entry the entry, without place and hashes of its own
   * @param sequence its number, from 1
   * @param previousHash the hash of the entry before it, or {@link #BEFORE_THE_FIRST}
   * @return the entry with number and hashes, ready for the keeper's proof
   */
  public static LedgerEntry append(LedgerEntry entry, long sequence, String previousHash) {
    Iri node = entry.node();
    Graph.Builder placed =
        Graph.builder()
            .addAll(entry.graph())
            .add(node, Sx.SEQUENCE, Literal.of(sequence))
            .add(node, Sx.PREVIOUS_HASH, Literal.of(previousHash));
    Graph unsealed = placed.build();
    String hash = entryHash(new LedgerEntry(unsealed, node));
    return new LedgerEntry(
        Graph.builder().addAll(unsealed).add(node, Sx.ENTRY_HASH, Literal.of(hash)).build(), node);
  }

  /**
   * Walks a ledger from its first entry on.
   *
   * @param entries the entries in their order
   * @return the first place that is wrong, or nothing when the chain holds
   * @throws SmartApiException of type SecurityError if an entry isn't described or has no canonical
   *     form
   */
  public static Optional<BrokenChain> verify(Iterator<LedgerEntry> entries) {
    return verify(entries, 1, BEFORE_THE_FIRST);
  }

  /**
   * Walks a part of a ledger, such as what came after a checkpoint.
   *
   * @param entries the entries in their order
   * @param first the number that the first of them has
   * @param previousHash the hash of the entry before it
   * @return the first place that is wrong, or nothing when the chain holds
   * @throws SmartApiException of type SecurityError if an entry isn't described or has no canonical
   *     form
   */
  public static Optional<BrokenChain> verify(
      Iterator<LedgerEntry> entries, long first, String previousHash) {
    long sequence = first;
    String before = previousHash;
    while (entries.hasNext()) {
      LedgerEntry entry = entries.next();
      Optional<BrokenChain> broken = verify(entry, sequence, before);
      if (broken.isPresent()) {
        return broken;
      }
      before = entryHash(entry);
      sequence++;
    }
    return Optional.empty();
  }

  private static Optional<BrokenChain> verify(LedgerEntry entry, long sequence, String before) {
    return compare(entry, sequence, Sx.SEQUENCE, Long.toString(sequence))
        .or(() -> compare(entry, sequence, Sx.PREVIOUS_HASH, before))
        .or(() -> compare(entry, sequence, Sx.ENTRY_HASH, entryHash(entry)));
  }

  /**
   * Compares an entry with the message that it is about.
   *
   * @param entry the entry
   * @param sequence its number
   * @param message the message as it was received
   * @param node the message's node
   * @return what is wrong, or nothing when the entry has the message's hash
   * @throws SmartApiException of type SecurityError if the message isn't described or has no
   *     canonical form
   */
  public static Optional<BrokenChain> verifyMessage(
      LedgerEntry entry, long sequence, Graph message, Resource node) {
    return compare(entry, sequence, Sx.MESSAGE_HASH, messageHash(message, node));
  }

  private static Optional<BrokenChain> compare(
      LedgerEntry entry, long sequence, Iri field, String expected) {
    Collection<Term> values = entry.graph().objects(entry.node(), field);
    String found =
        values.size() == 1 && values.iterator().next() instanceof Literal literal
            ? literal.lexical()
            : "";
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(new BrokenChain(sequence, field, expected, found));
  }
}
