package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine's {@link DeviceTags} does. */
public abstract class DeviceTagsContract extends MetadataContract {
  @Test
  void aTagThatIsAddedIsThere() throws Exception {
    Tag tag = await(tags().add(tag("Sant Martí")));
    assertThat(tag.id()).isPositive();
    assertThat(tag.name()).isEqualTo("Sant Martí");
    Tag other = await(tags().add(tag("Roof")));
    reopen();
    assertThat(await(tags().all())).containsExactly(tag, other);
  }

  @Test
  void namesAreUniqueWhateverTheirCase() {
    Tag tag = await(tags().add(tag("Àtic")));
    assertConflict(tags().add(tag("àtic")), "name");
    Tag other = await(tags().add(tag("Roof")));
    assertConflict(tags().update(other.id(), before -> renamed(before, "ÀTIC")), "name");
    assertThat(await(tags().update(tag.id(), before -> renamed(before, "ÀTIC"))).name())
        .isEqualTo("ÀTIC");
  }

  @Test
  void onlyWhatIsThereIsChanged() {
    failureOf(tags().update(7, before -> before));
    await(tags().remove(7));
  }

  @Test
  void devicesHaveTagsByNameInPlaceOfThoseTheyHad() {
    Device device = addDevice(addUser("ada"), "Kit");
    Device plain = addDevice(addUser("bob"), "Other");
    Tag roof = await(tags().add(tag("Roof")));
    Tag attic = await(tags().add(tag("attic")));
    await(tags().replace(device.id(), List.of(roof.id(), attic.id())));
    assertThat(await(tags().of(List.of(device.id(), plain.id()))))
        .isEqualTo(Map.of(device.id(), List.of(attic, roof)));
    assertThat(await(tags().having(attic.id()))).containsExactly(device.id());
    assertThat(await(tags().having(99))).isEmpty();
    await(tags().replace(device.id(), List.of(roof.id(), 99L)));
    assertThat(await(tags().of(List.of(device.id()))))
        .isEqualTo(Map.of(device.id(), List.of(roof)));
    await(tags().replace(device.id(), List.of()));
    assertThat(await(tags().of(List.of(device.id())))).isEmpty();
    assertThat(await(tags().of(List.of()))).isEmpty();
  }

  @Test
  void aRemovedTagIsOnNoDevice() {
    Device device = addDevice(addUser("ada"), "Kit");
    Tag roof = await(tags().add(tag("Roof")));
    Tag quiet = await(tags().add(tag("Quiet")));
    await(tags().replace(device.id(), List.of(roof.id(), quiet.id())));
    await(tags().remove(roof.id()));
    assertThat(await(tags().all())).containsExactly(quiet);
    assertThat(await(tags().of(List.of(device.id()))))
        .isEqualTo(Map.of(device.id(), List.of(quiet)));
  }

  private DeviceTags tags() {
    return metadata().deviceTags();
  }

  private static Tag tag(String name) {
    return new Tag(0, UUID.randomUUID(), name, Optional.of("About " + name), NOON, NOON);
  }

  private static Tag renamed(Tag tag, String name) {
    return new Tag(tag.id(), tag.uuid(), name, tag.description(), tag.createdAt(), tag.updatedAt());
  }
}
