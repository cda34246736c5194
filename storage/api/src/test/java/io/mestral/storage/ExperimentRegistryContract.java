package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Experiment;
import io.mestral.model.platform.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link ExperimentRegistry} does. */
public abstract class ExperimentRegistryContract extends MetadataContract {
  @Test
  void anExperimentIsFoundWithItsDevicesInOrder() throws Exception {
    User ada = addUser("ada");
    Device first = addDevice(ada, "First");
    Device second = addDevice(ada, "Second");
    Experiment made = await(registry().add(experiment(ada, "Noise", second.id(), first.id())));
    assertThat(made.devices()).containsExactly(first.id(), second.id());
    assertThat(made.startsAt()).contains(NOON);
    assertThat(made.endsAt()).isEmpty();
    reopen();
    assertThat(await(registry().find(made.id()))).contains(made);
    assertThat(await(registry().find(99))).isEmpty();
    assertThat(await(registry().of(List.of(first.id(), second.id()))))
        .isEqualTo(Map.of(first.id(), List.of(made.id()), second.id(), List.of(made.id())));
  }

  @Test
  void theyAreListedInPages() {
    User ada = addUser("ada");
    Device kit = addDevice(ada, "Kit");
    Experiment a = await(registry().add(experiment(ada, "a")));
    Experiment b = await(registry().add(experiment(ada, "b", kit.id())));
    Experiment c = await(registry().add(experiment(ada, "c", kit.id())));
    Page<Experiment> page = await(registry().list(new Paging(1, 2)));
    assertThat(page.items()).containsExactly(a, b);
    assertThat(page.total()).isEqualTo(3);
    assertThat(await(registry().list(new Paging(2, 2))).items()).containsExactly(c);
    assertThat(await(registry().of(List.of(kit.id()))).get(kit.id()))
        .containsExactly(b.id(), c.id());
  }

  @Test
  void aChangeReplacesWhatItGives() {
    User ada = addUser("ada");
    Device first = addDevice(ada, "First");
    Device second = addDevice(ada, "Second");
    Experiment made = await(registry().add(experiment(ada, "Noise", first.id())));
    Experiment changed =
        await(
            registry()
                .update(
                    made.id(),
                    before ->
                        new Experiment(
                            99,
                            before.owner(),
                            "Quiet",
                            Optional.of("Now"),
                            true,
                            Optional.empty(),
                            Optional.of(NOON),
                            List.of(second.id()),
                            before.createdAt(),
                            NOON.plusSeconds(9))));
    assertThat(changed.id()).isEqualTo(made.id());
    assertThat(changed.name()).isEqualTo("Quiet");
    assertThat(changed.isTest()).isTrue();
    assertThat(changed.devices()).containsExactly(second.id());
    assertThat(await(registry().find(made.id()))).contains(changed);
    failureOf(registry().update(99, before -> before));
  }

  @Test
  void aRemovedOneIsGoneAndItsDevicesStay() {
    User ada = addUser("ada");
    Device kit = addDevice(ada, "Kit");
    Experiment made = await(registry().add(experiment(ada, "Noise", kit.id())));
    await(registry().remove(made.id()));
    assertThat(await(registry().find(made.id()))).isEmpty();
    assertThat(await(registry().of(List.of(kit.id())))).isEmpty();
    assertThat(await(metadata().devices().find(kit.id()))).isPresent();
  }

  @Test
  void archivedDevicesAreInNone() {
    User ada = addUser("ada");
    Device kit = addDevice(ada, "Kit");
    Experiment made = await(registry().add(experiment(ada, "Noise", kit.id())));
    await(metadata().devices().archive(kit.id(), NOON));
    assertThat(await(registry().find(made.id())).orElseThrow().devices()).isEmpty();
    assertThat(await(registry().of(List.of(kit.id())))).isEmpty();
  }

  private ExperimentRegistry registry() {
    return metadata().experiments();
  }

  private static Experiment experiment(User owner, String name, DeviceId... devices) {
    return new Experiment(
        0,
        owner.id(),
        name,
        Optional.empty(),
        false,
        Optional.of(NOON),
        Optional.empty(),
        List.of(devices),
        NOON,
        NOON);
  }
}
