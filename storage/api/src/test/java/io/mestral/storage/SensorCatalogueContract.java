package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** What every engine's {@link SensorCatalogue} does. */
public abstract class SensorCatalogueContract extends MetadataContract {
  @Test
  void theSeedIsThereFromTheFirstStartInTheOrderOfIds() {
    CatalogueSeed seed = CatalogueSeed.shipped();
    assertThat(await(metadata().catalogue().sensors()))
        .containsExactlyInAnyOrderElementsOf(seed.sensors())
        .isSortedAccordingTo(Comparator.comparing(sensor -> sensor.id().value()));
    assertThat(await(metadata().catalogue().measurements()))
        .containsExactlyInAnyOrderElementsOf(seed.measurements())
        .isSortedAccordingTo(Comparator.comparing(measurement -> measurement.id()));
  }

  @Test
  void theSeedIsPlantedOnce() throws Exception {
    reopen();
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
    assertThat(await(metadata().catalogue().measurements())).hasSize(16);
  }
}
