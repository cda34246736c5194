package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * {@code sx:LedgerEntry}: a Transaction in a ledger that is only appended to; every entry has the
 * hash of the one before.
 */
public final class LedgerEntry extends Transaction {
  private LedgerEntry(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static LedgerEntry at(Graph graph, Resource node) {
    return new LedgerEntry(graph, node);
  }

  /**
   * Its number in the ledger, from one on.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> sequence() {
    return integer(Sx.SEQUENCE);
  }

  /**
   * Digest of the message.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> messageHash() {
    return text(Sx.MESSAGE_HASH);
  }

  /**
   * Digest of the entry before.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> previousHash() {
    return text(Sx.PREVIOUS_HASH);
  }

  /**
   * Digest of this entry.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> entryHash() {
    return text(Sx.ENTRY_HASH);
  }

  /**
   * Measured use.
   *
   * @return the values; empty when there are none
   */
  public List<ValueObject> metered() {
    return objects(SmartApi.VALUE_OBJECT, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends Transaction.Base<LedgerEntry, Builder> {
    /** Begins one without a name. */
    public Builder() {
      this(new Blank());
    }

    /**
     * Begins one with a name, or one more statement about a node.
     *
     * @param node its IRI or node
     */
    public Builder(Resource node) {
      super(node, Types.LEDGER_ENTRY, LedgerEntry::at);
    }

    /**
     * Its number in the ledger, from one on.
     *
     * @param one the number
     * @return this
     */
    public Builder sequence(long one) {
      return property(Sx.SEQUENCE, Literal.of(one));
    }

    /**
     * Digest of the message.
     *
     * @param one any text
     * @return this
     */
    public Builder messageHash(String one) {
      return property(Sx.MESSAGE_HASH, Literal.of(one));
    }

    /**
     * Digest of the entry before.
     *
     * @param one any text
     * @return this
     */
    public Builder previousHash(String one) {
      return property(Sx.PREVIOUS_HASH, Literal.of(one));
    }

    /**
     * Digest of this entry.
     *
     * @param one any text
     * @return this
     */
    public Builder entryHash(String one) {
      return property(Sx.ENTRY_HASH, Literal.of(one));
    }

    /**
     * Measured use; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder metered(ValueObject one) {
      return property(SmartApi.VALUE_OBJECT, one);
    }
  }
}
