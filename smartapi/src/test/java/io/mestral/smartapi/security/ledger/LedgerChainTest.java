package io.mestral.smartapi.security.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.canonical.WorkBudget;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.security.TestGraphs;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerChainTest {
  private static final Iri MESSAGE = new Iri("urn:uuid:00000000-0000-4000-8000-000000000009");
  private static final Instant AT = Instant.parse("2026-03-01T12:30:00Z");
  private static final Proofs PROOFS = new Proofs(CryptoEngine.fastest(), WorkBudget.DEFAULT);
  private static final Signer KEEPER =
      new Signer(
          new Iri("https://notary.example/id/n1#key-1"),
          SecretMultikey.generate(KeyType.ED25519, new SecureRandom()));

  private static List<LedgerEntry> ledger(int length) {
    List<LedgerEntry> ledger = new ArrayList<>();
    String before = LedgerChain.BEFORE_THE_FIRST;
    for (long i = 1; i <= length; i++) {
      Iri node = new Iri("https://notary.example/id/n1/entry/" + i);
      Graph stated =
          Graph.builder()
              .add(node, Rdf.TYPE, Types.LEDGER_ENTRY)
              .add(node, SmartApi.MESSAGE, MESSAGE)
              .add(node, Sx.MESSAGE_HASH, Literal.of(messageHash()))
              .build();
      LedgerEntry placed = LedgerChain.append(new LedgerEntry(stated, node), i, before);
      before = LedgerChain.entryHash(placed);
      ledger.add(new LedgerEntry(PROOFS.sign(placed.graph(), node, KEEPER, AT), node));
    }
    return ledger;
  }

  private static String messageHash() {
    return LedgerChain.messageHash(TestGraphs.turtle("05-notify"), MESSAGE);
  }

  private static LedgerEntry with(LedgerEntry entry, Iri field, Literal value) {
    return new LedgerEntry(
        TestGraphs.with(entry.graph(), entry.node(), field, value), entry.node());
  }

  private static String text(LedgerEntry entry, Iri field) {
    return ((Literal) entry.graph().object(entry.node(), field).orElseThrow()).lexical();
  }

  @Test
  void theChainBeginsWithTheHashOfNothing() {
    assertThat(LedgerChain.BEFORE_THE_FIRST)
        .isEqualTo("uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ");
  }

  @Test
  void aChainHoldsAsAWholeAndFromAnyCheckpointOn() {
    List<LedgerEntry> ledger = ledger(5);
    assertThat(LedgerChain.verify(ledger.iterator())).isEmpty();
    String checkpoint = text(ledger.get(1), Sx.ENTRY_HASH);
    assertThat(LedgerChain.verify(ledger.subList(2, 5).iterator(), 3, checkpoint)).isEmpty();
  }

  @Test
  void theFirstWrongHashIsToldWithItsNumber() {
    List<LedgerEntry> ledger = ledger(5);
    LedgerEntry third = ledger.get(2);
    String hash = text(third, Sx.ENTRY_HASH);
    ledger.set(2, with(third, Sx.MESSAGE_HASH, Literal.of("uEiChanged")));
    String changed = LedgerChain.entryHash(ledger.get(2));
    assertThat(LedgerChain.verify(ledger.iterator()))
        .contains(new BrokenChain(3, Sx.ENTRY_HASH, changed, hash));
    ledger.set(2, with(ledger.get(2), Sx.ENTRY_HASH, Literal.of(changed)));
    assertThat(LedgerChain.verify(ledger.iterator()))
        .contains(new BrokenChain(4, Sx.PREVIOUS_HASH, changed, hash));
  }

  @Test
  void aMissingEntryIsToldByTheNumberItHad() {
    List<LedgerEntry> ledger = ledger(4);
    ledger.remove(1);
    assertThat(LedgerChain.verify(ledger.iterator()))
        .contains(new BrokenChain(2, Sx.SEQUENCE, "2", "3"));
  }

  @Test
  void anEntryWithoutHashIsWrongToo() {
    List<LedgerEntry> ledger = ledger(1);
    LedgerEntry only = ledger.get(0);
    String hash = text(only, Sx.ENTRY_HASH);
    Graph without = TestGraphs.with(only.graph(), only.node(), Sx.ENTRY_HASH);
    List<LedgerEntry> changed = List.of(new LedgerEntry(without, only.node()));
    assertThat(LedgerChain.verify(changed.iterator()))
        .contains(new BrokenChain(1, Sx.ENTRY_HASH, hash, ""));
  }

  @Test
  void theKeepersProofIsOutsideOfTheEntrysHashAndTheSendersInsideOfTheMessages() {
    LedgerEntry entry = ledger(1).get(0);
    LedgerEntry unsigned =
        new LedgerEntry(TestGraphs.with(entry.graph(), entry.node(), Sec.PROOF), entry.node());
    assertThat(LedgerChain.entryHash(unsigned)).isEqualTo(LedgerChain.entryHash(entry));
    Graph message = TestGraphs.turtle("05-notify");
    Graph signed = PROOFS.sign(message, MESSAGE, KEEPER, AT);
    assertThat(LedgerChain.messageHash(signed, MESSAGE)).isNotEqualTo(messageHash());
    Graph passedOn = Graph.builder().addAll(message).add(MESSAGE, Sx.VIA, entry.node()).build();
    assertThat(LedgerChain.messageHash(passedOn, MESSAGE)).isEqualTo(messageHash());
  }

  @Test
  void anEntryIsComparedWithItsMessage() {
    LedgerEntry entry = ledger(1).get(0);
    Graph message = TestGraphs.turtle("05-notify");
    assertThat(LedgerChain.verifyMessage(entry, 1, message, MESSAGE)).isEmpty();
    Graph changed = TestGraphs.with(message, MESSAGE, SmartApi.ID, Literal.of(78));
    assertThat(LedgerChain.verifyMessage(entry, 1, changed, MESSAGE))
        .contains(
            new BrokenChain(
                1, Sx.MESSAGE_HASH, LedgerChain.messageHash(changed, MESSAGE), messageHash()));
  }
}
