package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.User;
import io.mestral.storage.TextSearch.Hit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link TextSearch} does. */
public abstract class TextSearchContract extends MetadataContract {
  @Test
  void devicesAreFoundByNameDescriptionTownAndCountryAndPeopleAfterThem() {
    User ada = addUser("ada");
    Device device = add(ada, "Àtic de l'Ada", DevicePolicy.DEFAULT);
    Hit found =
        new Hit.OfDevice(
            device.id(),
            "Àtic de l'Ada",
            Optional.of("Südseite"),
            ada.id(),
            "ada",
            Optional.of("Lübeck"),
            Optional.of("DE"));
    Hit person =
        new Hit.OfUser(
            ada.id(), "ada", Optional.empty(), Optional.of("Barcelona"), Optional.of("ES"));
    assertThat(find("ada")).containsExactly(found, person);
    for (String word : List.of("atic", "ati", "sudsei", "lubeck", "germany"))
      assertThat(find(word)).as(word).containsExactly(found);
    assertThat(find("atic", "lubeck")).containsExactly(found);
    assertThat(find("spain")).containsExactly(person);
    assertThat(find("atic", "spain")).isEmpty();
    assertThat(find("tic")).isEmpty();
  }

  @Test
  void privateAndTestDevicesAndThoseThatAreGoneAreNotFound() {
    User bob = addUser("bob");
    add(bob, "Zebra hidden", new DevicePolicy(true, true, false, false, false, false));
    add(bob, "Zebra test", new DevicePolicy(false, true, false, true, false, false));
    Device gone = add(bob, "Zebra gone", DevicePolicy.DEFAULT);
    assertThat(find("zebra")).hasSize(1);
    await(metadata().devices().archive(gone.id(), NOON));
    assertThat(find("zebra")).isEmpty();
  }

  @Test
  void whatIsChangedIsFoundByWhatItIsNow() {
    Device device = add(addUser("ada"), "Roof", DevicePolicy.DEFAULT);
    await(metadata().devices().update(device.id(), before -> named(before, "Cellar")));
    assertThat(find("roof")).isEmpty();
    assertThat(find("cellar")).hasSize(1);
  }

  @Test
  void aPartIsGivenWithTheNumberOfAll() {
    User ada = addUser("zoe");
    for (int i = 0; i < 5; i++) add(ada, "Zoo " + i, DevicePolicy.DEFAULT);
    Page<Hit> part = await(metadata().search().find(List.of("zo"), 3, 2));
    assertThat(part.total()).isEqualTo(6);
    assertThat(part.items()).hasSize(2);
    assertThat(part.items().get(0))
        .isInstanceOfSatisfying(
            Hit.OfDevice.class, hit -> assertThat(hit.name()).isEqualTo("Zoo 3"));
    assertThat(await(metadata().search().find(List.of("zo"), 0, 0)).items()).isEmpty();
    assertThat(await(metadata().search().find(List.of("zo"), 6, 2)).items()).isEmpty();
  }

  private List<Hit> find(String... words) {
    return await(metadata().search().find(List.of(words), 0, 100)).items();
  }

  private Device add(User owner, String name, DevicePolicy policy) {
    Device plain = named(device(owner, name), name);
    return await(
        metadata()
            .devices()
            .add(
                new Device(
                    plain.id(),
                    plain.uuid(),
                    plain.owner(),
                    name,
                    Optional.of("Südseite"),
                    plain.token(),
                    plain.macAddress(),
                    plain.location().in(Optional.of("Lübeck"), Optional.of("DE")),
                    plain.hardware(),
                    policy,
                    plain.meta(),
                    plain.createdAt(),
                    plain.updatedAt())));
  }

  private static Device named(Device device, String name) {
    return new Device(
        device.id(),
        device.uuid(),
        device.owner(),
        name,
        device.description(),
        device.token(),
        device.macAddress(),
        device.location(),
        device.hardware(),
        device.policy(),
        device.meta(),
        device.createdAt(),
        device.updatedAt());
  }
}
