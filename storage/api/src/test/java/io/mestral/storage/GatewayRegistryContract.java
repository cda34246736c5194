package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway registry does, whichever engine keeps it. */
public abstract class GatewayRegistryContract extends MetadataContract {
  private User ada;

  @BeforeEach
  void addOwner() {
    ada = addUser("ada");
  }

  private Gateway draft(String name) {
    String iri = "https://example.org/id/" + name;
    return new Gateway(new GatewayId(0), name, iri, ada.id(), NOON, NOON);
  }

  private Gateway add(String name) {
    return await(metadata().gateways().add(draft(name), "hash-of-" + name));
  }

  @Test
  void aGatewayIsFoundByNameAndToken() throws Exception {
    Gateway roof = add("roof");
    Gateway cellar = add("cellar");
    reopen();
    assertThat(await(metadata().gateways().find("roof"))).contains(roof);
    assertThat(await(metadata().gateways().findByToken("hash-of-cellar"))).contains(cellar);
    assertThat(await(metadata().gateways().find("Roof"))).isEmpty();
    assertThat(await(metadata().gateways().findByToken("hash-of-attic"))).isEmpty();
    assertThat(await(metadata().gateways().page(0, 9))).containsExactly(roof, cellar);
    assertThat(await(metadata().gateways().page(0, 1))).containsExactly(roof);
    assertThat(await(metadata().gateways().page(roof.id().value(), 9))).containsExactly(cellar);
  }

  @Test
  void aNameOrAnIriBelongsToOne() {
    add("roof");
    Gateway sameName =
        new Gateway(new GatewayId(0), "roof", "https://example.org/id/loft", ada.id(), NOON, NOON);
    assertConflict(metadata().gateways().add(sameName, "another"), "name");
    Gateway sameIri =
        new Gateway(new GatewayId(0), "loft", "https://example.org/id/roof", ada.id(), NOON, NOON);
    assertConflict(metadata().gateways().add(sameIri, "another"), "iri");
  }

  @Test
  void aGatewayHasAnOwnerThatExists() {
    Gateway orphan =
        new Gateway(
            new GatewayId(0), "roof", "https://example.org/id/roof", new UserId(99), NOON, NOON);
    assertThat(Refusal.of(failureOf(metadata().gateways().add(orphan, "hash"))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  @Test
  void aReplacedTokenIsNoGoodAnyMore() {
    Gateway roof = add("roof");
    assertThat(await(metadata().gateways().replaceToken(roof.id(), "fresh", NOON.plusSeconds(1))))
        .isTrue();
    assertThat(await(metadata().gateways().findByToken("hash-of-roof"))).isEmpty();
    assertThat(await(metadata().gateways().findByToken("fresh")).map(Gateway::updatedAt))
        .contains(NOON.plusSeconds(1));
    assertThat(await(metadata().gateways().replaceToken(new GatewayId(99), "x", NOON))).isFalse();
  }

  @Test
  void aGatewayLeavesWithItsOwner() {
    User grace = addUser("grace");
    Gateway roof = add("roof");
    Gateway attic =
        new Gateway(
            new GatewayId(0), "attic", "https://example.org/id/attic", grace.id(), NOON, NOON);
    attic = await(metadata().gateways().add(attic, "hash-of-attic"));
    assertThat(await(metadata().gateways().ownedBy(ada.id()))).containsExactly(roof);
    await(metadata().departures().archive(ada.id(), false, NOON));
    assertThat(await(metadata().gateways().findByToken("hash-of-roof"))).isEmpty();
    assertThat(await(metadata().gateways().page(0, 9))).containsExactly(attic);

    Gateway late = add("late");
    assertThat(await(metadata().gateways().find(late.name()))).isEmpty();
    assertThat(await(metadata().gateways().findByToken("hash-of-late"))).isEmpty();
    assertThat(await(metadata().gateways().ownedBy(ada.id()))).isEmpty();
    assertThat(await(metadata().gateways().page(0, 9))).containsExactly(attic);
  }

  @Test
  void aRemovedGatewayIsGone() {
    Gateway roof = add("roof");
    assertThat(await(metadata().gateways().remove(roof.id()))).isTrue();
    assertThat(await(metadata().gateways().remove(roof.id()))).isFalse();
    assertThat(await(metadata().gateways().find("roof"))).isEmpty();
    assertThat(await(metadata().gateways().findByToken("hash-of-roof"))).isEmpty();
  }
}
