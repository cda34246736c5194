package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.User;
import io.mestral.storage.HeldMessage.Kind;
import io.mestral.storage.Orphan.Details;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine's {@link OrphanRegistry} does. */
public abstract class OrphanRegistryContract extends MetadataContract {
  private static final Instant LATER = NOON.plus(Duration.ofDays(1));
  private static final Details BALCONY =
      new Details(
          Optional.of("balcony"),
          Optional.of("3rd floor \u2713"),
          Optional.of("outdoor"),
          OptionalDouble.of(41.39),
          OptionalDouble.of(-2.17),
          Optional.of("a,b"));

  private static final Network HERE = new Network("here");
  private static final Network THERE = new Network("there");

  private OrphanRegistry orphans() {
    return metadata().orphans();
  }

  @Test
  void anOrphanIsFoundByItsSessionAsAdded() throws Exception {
    Orphan plain = addOrphan("plain");
    Orphan full = await(orphans().add(orphan("full", BALCONY, NOON), HERE));
    reopen();
    assertThat(await(orphans().find(plain.session()))).contains(plain);
    assertThat(await(orphans().find(full.session()))).contains(full);
    assertThat(full.details()).isEqualTo(BALCONY);
    assertThat(full.id()).isNotEqualTo(plain.id());
    assertThat(await(orphans().find(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void aTokenThatADeviceOrAnotherOrphanHasIsAConflict() {
    addDevice(addUser("ada"), "roof");
    addOrphan("balcony");
    assertConflict(orphans().add(orphan("roof", Details.NONE, NOON), HERE), "device_token");
    assertConflict(orphans().add(orphan("balcony", Details.NONE, NOON), HERE), "device_token");
  }

  @Test
  void aChangeLeavesWhoItIsAsItWas() {
    Orphan before = addOrphan("balcony");
    Orphan changed =
        await(
            orphans()
                .update(
                    before.session(),
                    now ->
                        new Orphan(
                            4711,
                            UUID.randomUUID(),
                            token("another"),
                            BALCONY,
                            true,
                            LATER,
                            LATER)));
    assertThat(changed)
        .isEqualTo(
            new Orphan(before.id(), before.session(), before.token(), BALCONY, false, NOON, LATER));
    assertThat(await(orphans().find(before.session()))).contains(changed);
    assertThat(Refusal.of(failureOf(orphans().update(UUID.randomUUID(), now -> now))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  @Test
  void theFirstMessageIsAHandshakeAndTheNextChangeNothing() {
    Orphan before = addOrphan("balcony");
    assertThat(await(orphans().findByToken(before.token().hash()))).hasValue(before);
    assertThat(await(orphans().findByToken("nobody's"))).isEmpty();
    Orphan shaken = await(orphans().handshake(before.token().hash(), LATER)).orElseThrow();
    assertThat(shaken.handshake()).isTrue();
    assertThat(shaken.updatedAt()).isEqualTo(LATER);
    assertThat(await(orphans().find(before.session()))).contains(shaken);
    assertThat(await(orphans().handshake(before.token().hash(), LATER.plusSeconds(1))))
        .contains(shaken);
    assertThat(await(orphans().handshake("nobody's", LATER))).isEmpty();
  }

  @Test
  void whatIsHeldComesInItsOrderUntilItIsForgotten() throws Exception {
    Orphan balcony = addOrphan("balcony");
    Orphan other = addOrphan("other");
    hold(balcony, Kind.INFO, "{}", NOON);
    hold(other, Kind.READINGS, "x", NOON);
    hold(balcony, Kind.READINGS_RAW, "{t:\u0000}", NOON);
    hold(balcony, Kind.READINGS, "", LATER);
    reopen();
    List<HeldMessage> held = await(orphans().held(balcony.id(), 0, 10));
    assertThat(held)
        .extracting(HeldMessage::kind)
        .containsExactly(Kind.INFO, Kind.READINGS_RAW, Kind.READINGS);
    assertThat(held)
        .extracting(message -> message.payload().toString())
        .containsExactly("{}", "{t:\u0000}", "");
    assertThat(held).extracting(HeldMessage::arrivedAt).containsExactly(NOON, NOON, LATER);
    assertThat(await(orphans().held(balcony.id(), held.get(0).number(), 1)))
        .containsExactly(held.get(1));
    await(orphans().forget(balcony.id(), held.get(1).number()));
    assertThat(await(orphans().held(balcony.id(), 0, 10))).containsExactly(held.get(2));
    assertThat(await(orphans().held(other.id(), 0, 10))).hasSize(1);
  }

  @Test
  void theOldestHeldMakeRoomForTheNewest() {
    Orphan balcony = addOrphan("balcony");
    List<Future<Void>> added = new ArrayList<>();
    for (int i = 0; i < OrphanRegistry.HELD_MESSAGES + 5; i++)
      added.add(orphans().hold(balcony.id(), message(Kind.READINGS, Buffer.buffer("" + i), NOON)));
    await(Future.all(added));
    List<HeldMessage> many = await(orphans().held(balcony.id(), 0, 10_000));
    assertThat(many).hasSize(OrphanRegistry.HELD_MESSAGES);
    assertThat(many.get(0).payload()).hasToString("5");

    Buffer third = Buffer.buffer(new byte[OrphanRegistry.HELD_BYTES / 3]);
    for (int i = 0; i < 4; i++)
      await(orphans().hold(balcony.id(), message(Kind.READINGS, third, NOON)));
    assertThat(await(orphans().held(balcony.id(), 0, 10_000)))
        .filteredOn(message -> message.payload().equals(third))
        .hasSize(3);
    Buffer tooLarge = Buffer.buffer(new byte[OrphanRegistry.HELD_BYTES + 1]);
    assertThat(
            Refusal.of(
                failureOf(orphans().hold(balcony.id(), message(Kind.READINGS, tooLarge, NOON)))))
        .isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  void thereIsAnEndToWhatIsHeldInAll() {
    Buffer whole = Buffer.buffer(new byte[OrphanRegistry.HELD_BYTES]);
    int full = (int) (OrphanRegistry.HELD_BYTES_IN_ALL / OrphanRegistry.HELD_BYTES);
    List<Future<Void>> held = new ArrayList<>();
    for (int i = 0; i < full; i++)
      held.add(orphans().hold(addOrphan("o" + i).id(), message(Kind.INFO, whole, NOON)));
    await(Future.all(held));
    Orphan last = addOrphan("last");
    assertThat(
            Refusal.of(
                failureOf(orphans().hold(last.id(), message(Kind.INFO, Buffer.buffer("x"), NOON)))))
        .isEqualTo(Refusal.QUOTA_EXCEEDED);
  }

  @Test
  void whoHoldsMostMakesRoomForANetworkThatHoldsLittle() {
    Buffer whole = Buffer.buffer(new byte[OrphanRegistry.HELD_BYTES]);
    int full = (int) (OrphanRegistry.HELD_BYTES_IN_ALL / OrphanRegistry.HELD_BYTES);
    int share = (int) (OrphanRegistry.HELD_BYTES_OF_A_NETWORK / OrphanRegistry.HELD_BYTES);
    Orphan due = addOrphan("due", HERE);
    List<Orphan> greedy = new ArrayList<>(List.of(due));
    for (int i = 1; i < full; i++) greedy.add(addOrphan("o" + i, HERE));
    List<Future<Void>> held = new ArrayList<>();
    for (Orphan each : greedy) held.add(orphans().hold(each.id(), message(Kind.INFO, whole, NOON)));
    await(Future.all(held));
    addDevice(addUser("ada"), "due");

    for (int i = 0; i < share; i++) {
      Orphan modest = addOrphan("modest " + i, THERE);
      await(orphans().hold(modest.id(), message(Kind.INFO, whole, NOON)));
      assertThat(await(orphans().held(modest.id(), 0, 10))).hasSize(1);
    }
    assertThat(greedy)
        .filteredOn(each -> await(orphans().held(each.id(), 0, 1)).isEmpty())
        .hasSize(share)
        .doesNotContain(due);
    for (Network from : List.of(HERE, THERE))
      assertThat(
              Refusal.of(
                  failureOf(
                      orphans()
                          .hold(
                              addOrphan("more of " + from.key(), from).id(),
                              message(Kind.INFO, whole, NOON)))))
          .isEqualTo(Refusal.QUOTA_EXCEEDED);
  }

  @Test
  void theNetworkWithMostOrphansLosesItsOldestWhenThereAreTooMany() {
    Orphan old = await(orphans().add(orphan("old", Details.NONE, NOON.minusSeconds(9)), THERE));
    Orphan due = await(orphans().add(orphan("due", Details.NONE, NOON.minusSeconds(8)), HERE));
    Orphan first = await(orphans().add(orphan("first", Details.NONE, NOON.minusSeconds(7)), HERE));
    hold(due, Kind.READINGS, "x", NOON);
    addDevice(addUser("ada"), "due");
    addMany(OrphanRegistry.KEPT - 3, HERE);
    assertThat(await(orphans().find(first.session()))).contains(first);
    Orphan stranger = await(orphans().add(orphan("stranger", Details.NONE, NOON), THERE));
    assertThat(await(orphans().find(first.session()))).isEmpty();
    for (Orphan kept : List.of(old, due, stranger))
      assertThat(await(orphans().find(kept.session()))).isPresent();
  }

  @Test
  void anOrphanWhoseTokenADeviceHasIsToBeReplayed() {
    User ada = addUser("ada");
    Orphan roof = addOrphan("roof");
    Orphan silent = addOrphan("silent");
    hold(roof, Kind.READINGS, "x", NOON);
    hold(addOrphan("cellar"), Kind.READINGS, "x", NOON);
    assertThat(await(orphans().toReplay(10))).isEmpty();
    addDevice(ada, "roof");
    addDevice(ada, "silent");
    assertThat(await(orphans().toReplay(10))).containsExactly(roof);
    await(orphans().forget(roof.id(), Long.MAX_VALUE));
    assertThat(await(orphans().toReplay(10))).isEmpty();
    assertThat(await(orphans().find(silent.session()))).contains(silent);
  }

  @Test
  void theOldAreSweptWithWhatIsHeldOfThem() {
    Orphan old = addOrphan("old");
    Orphan young = await(orphans().add(orphan("young", Details.NONE, LATER), HERE));
    hold(old, Kind.READINGS, "x", LATER);
    hold(young, Kind.READINGS, "early", NOON);
    hold(young, Kind.READINGS, "late", LATER);
    assertThat(await(orphans().sweep(LATER, LATER))).isEqualTo(1);
    assertThat(await(orphans().find(old.session()))).isEmpty();
    assertThat(await(orphans().held(old.id(), 0, 10))).isEmpty();
    assertThat(await(orphans().find(young.session()))).contains(young);
    assertThat(await(orphans().held(young.id(), 0, 10)))
        .singleElement()
        .satisfies(message -> assertThat(message.payload()).hasToString("late"));
    assertThat(await(orphans().sweep(LATER, LATER))).isZero();
  }

  @Test
  void whatIsDueToADeviceIsNotSwept() {
    Orphan roof = addOrphan("roof");
    hold(roof, Kind.READINGS, "x", NOON);
    addDevice(addUser("ada"), "roof");
    assertThat(await(orphans().sweep(LATER, LATER))).isZero();
    assertThat(await(orphans().toReplay(10))).containsExactly(roof);
    assertThat(await(orphans().held(roof.id(), 0, 10))).hasSize(1);
    await(orphans().forget(roof.id(), Long.MAX_VALUE));
    assertThat(await(orphans().sweep(LATER, LATER))).isEqualTo(1);
  }

  private void hold(Orphan orphan, Kind kind, String payload, Instant arrivedAt) {
    await(orphans().hold(orphan.id(), message(kind, Buffer.buffer(payload), arrivedAt)));
  }

  private Orphan addOrphan(String name) {
    return addOrphan(name, HERE);
  }

  private Orphan addOrphan(String name, Network from) {
    return await(orphans().add(orphan(name, Details.NONE, NOON), from));
  }

  /** Adds so many orphans that were touched at noon. */
  protected void addMany(int howMany, Network from) {
    List<Future<Orphan>> added = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      added.add(orphans().add(orphan("one of many " + i, Details.NONE, NOON), from));
      if (i % 500 == 0) await(added.get(i));
    }
    await(Future.all(added));
  }

  private static HeldMessage message(Kind kind, Buffer payload, Instant arrivedAt) {
    return new HeldMessage(0, kind, payload, arrivedAt);
  }

  private static Orphan orphan(String name, Details details, Instant made) {
    return new Orphan(0, UUID.randomUUID(), token("token of " + name), details, false, made, made);
  }
}
