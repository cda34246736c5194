package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link ForwardingRegistry} does. */
public abstract class ForwardingRegistryContract extends MetadataContract {
  private ForwardingRegistry forwarding() {
    return metadata().forwarding();
  }

  @Test
  void accessIsFoundByUserAndByBothOfItsHalves() throws Exception {
    ForwardingAccess adas = access(addUser("ada").id(), "name", "key");
    await(forwarding().grant(adas));
    reopen();
    assertThat(await(forwarding().of(adas.user()))).contains(adas);
    assertThat(await(forwarding().findByUsername("name"))).contains(adas);
    assertThat(await(forwarding().findByToken("key"))).contains(adas);
    assertThat(await(forwarding().findByToken("name"))).isEmpty();
    assertThat(await(forwarding().of(addUser("grace").id()))).isEmpty();
  }

  @Test
  void anotherAccessTakesThePlaceOfTheFormer() {
    UserId ada = addUser("ada").id();
    await(forwarding().grant(access(ada, "name", "key")));
    ForwardingAccess next = access(ada, "name", "next");
    await(forwarding().grant(next));
    assertThat(await(forwarding().of(ada))).contains(next);
    assertThat(await(forwarding().findByToken("key"))).isEmpty();
  }

  @Test
  void theFirstAccessIsTheSameForAllWhoAskAtOnce() {
    UserId ada = addUser("ada").id();
    List<Future<ForwardingAccess>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++)
      asked.add(forwarding().grantIfNone(access(ada, "name " + i, "key " + i)));
    ForwardingAccess first = await(asked.get(0));
    for (Future<ForwardingAccess> each : asked) assertThat(await(each)).isEqualTo(first);
    assertThat(await(forwarding().of(ada))).contains(first);
    assertConflict(
        forwarding().grantIfNone(access(addUser("grace").id(), first.username().hash(), "x")),
        "forwarding_username");
    assertThat(Refusal.of(failureOf(forwarding().grantIfNone(access(new UserId(4711), "y", "y")))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  @Test
  void whatIsAnothersIsAConflict() {
    await(forwarding().grant(access(addUser("ada").id(), "name", "key")));
    UserId grace = addUser("grace").id();
    assertConflict(forwarding().grant(access(grace, "name", "x")), "forwarding_username");
    assertConflict(forwarding().grant(access(grace, "x", "key")), "forwarding_token");
    assertThat(await(forwarding().of(grace))).isEmpty();
    assertThat(Refusal.of(failureOf(forwarding().grant(access(new UserId(4711), "y", "y")))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  @Test
  void destinationsHaveNamesOfTheirOwn() throws Exception {
    ForwardingDestination project = await(forwarding().addDestination("project-x"));
    ForwardingDestination other = await(forwarding().addDestination("other"));
    assertConflict(forwarding().addDestination("other"), "name");
    reopen();
    assertThat(await(forwarding().destinations())).containsExactly(project, other);
    assertThat(project.name()).isEqualTo("project-x");
  }

  @Test
  void aDeviceIsSentToOneDestinationUntilToNone() {
    User ada = addUser("ada");
    Device roof = addDevice(ada, "roof");
    Device cellar = addDevice(ada, "cellar");
    ForwardingDestination project = await(forwarding().addDestination("project-x"));
    ForwardingDestination other = await(forwarding().addDestination("other"));
    await(forwarding().sendTo(roof.id(), Optional.of(project.id())));
    await(forwarding().sendTo(roof.id(), Optional.of(other.id())));
    List<DeviceId> both = List.of(roof.id(), cellar.id());
    assertThat(await(forwarding().destinationsOf(both))).isEqualTo(Map.of(roof.id(), other));
    await(forwarding().sendTo(roof.id(), Optional.empty()));
    assertThat(await(forwarding().destinationsOf(both))).isEmpty();
    assertThat(Refusal.of(failureOf(forwarding().sendTo(roof.id(), Optional.of(4711L)))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  private static ForwardingAccess access(UserId user, String username, String key) {
    return new ForwardingAccess(user, token(username), token(key));
  }
}
