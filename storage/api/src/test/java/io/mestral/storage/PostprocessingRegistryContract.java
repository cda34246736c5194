package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Postprocessing;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine's {@link PostprocessingRegistry} does. */
public abstract class PostprocessingRegistryContract extends MetadataContract {
  @Test
  void aDeviceHasOneRecordThatIsChangedInPlace() throws Exception {
    Device kit = addDevice(addUser("ada"), "Kit");
    Device other = addDevice(addUser("bob"), "Other");
    Postprocessing made =
        await(registry().put(kit.id(), none -> record(kit.id(), "{\"a\":\"é\"}")));
    assertThat(made.id()).isPositive();
    assertThat(made.meta()).contains("{\"a\":\"é\"}");
    assertThat(made.latest()).contains(NOON);
    Postprocessing changed =
        await(
            registry()
                .put(
                    kit.id(),
                    before -> {
                      assertThat(before).contains(made);
                      return record(kit.id(), "[]");
                    }));
    assertThat(changed.id()).isEqualTo(made.id());
    reopen();
    assertThat(await(registry().of(List.of(kit.id(), other.id()))))
        .isEqualTo(Map.of(kit.id(), changed));
  }

  @Test
  void changesAtTheSameTimeFollowOneAnother() {
    Device kit = addDevice(addUser("ada"), "Kit");
    List<Future<?>> changes = new ArrayList<>();
    for (int i = 0; i < 10; i++)
      changes.add(
          registry()
              .put(
                  kit.id(),
                  before ->
                      record(kit.id(), before.flatMap(Postprocessing::meta).orElse("") + "x")));
    await(Future.all(changes));
    assertThat(await(registry().of(List.of(kit.id()))).get(kit.id()).meta()).contains("xxxxxxxxxx");
  }

  private PostprocessingRegistry registry() {
    return metadata().postprocessings();
  }

  private static Postprocessing record(DeviceId device, String meta) {
    return new Postprocessing(
        0,
        device,
        Optional.of("https://example.org"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(meta),
        Optional.of(NOON),
        NOON,
        NOON);
  }
}
