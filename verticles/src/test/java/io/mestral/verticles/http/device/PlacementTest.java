package io.mestral.verticles.http.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Location;
import io.mestral.verticles.geography.Geography;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class PlacementTest {
  @Test
  void aPrecisePlaceIsCutToFiveDecimalsNotRounded() {
    Location shown = placement(() -> 0.7).shown(at(41.3966999, -2.1921999), true);
    assertThat(shown.latitude()).hasValue(41.39669);
    assertThat(shown.longitude()).hasValue(-2.19219);
  }

  @Test
  void anImprecisePlaceIsMovedByUpToAThousandthOfADegree() {
    Location shown = placement(() -> 0.5).shown(at(41.39669, 2.19219), false);
    assertThat(shown.latitude()).hasValue(41.39719);
    assertThat(shown.longitude()).hasValue(2.19269);
  }

  @Test
  void theGeohashIsThatOfTheShownPlace() {
    // a published example: 57.64911,10.40744 is u4pruydqqvj
    assertThat(placement(() -> 0).shown(at(57.64911, 10.40744), true).geohash())
        .contains("u4pruydqqv");
  }

  @Test
  void halfAPlaceHasNoGeohash() {
    Location half =
        new Location(
            OptionalDouble.of(41.3),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of("sp3e9bh31y"));
    assertThat(placement(() -> 0).shown(half, true).geohash()).isEmpty();
  }

  @Test
  void thePoleIsNotLeft() {
    Location shown = placement(() -> 1).shown(at(90, 180), false);
    assertThat(shown.latitude()).hasValue(90);
    assertThat(shown.longitude()).hasValue(180);
  }

  @Test
  void aPlaceHasItsTownAndCountry() {
    Location shown = placement(() -> 0).shown(at(41.39669, 2.19219), true);
    assertThat(shown.city()).contains("Barcelona");
    assertThat(shown.countryCode()).contains("ES");
  }

  @Test
  void whatWasKeptWithoutATownGetsOneAndKeepsTheOneItHas() {
    Placement placement = placement(() -> 0.5);
    Location old = at(41.39669, 2.19219);
    assertThat(placement.named(old)).isEqualTo(old.in(Optional.of("Barcelona"), Optional.of("ES")));
    Location named = old.in(Optional.of("Barcino"), Optional.empty());
    assertThat(placement.named(named)).isEqualTo(named);
    assertThat(placement.named(Location.UNKNOWN)).isEqualTo(Location.UNKNOWN);
  }

  private static Placement placement(DoubleSupplier random) {
    return new Placement(random, Geography::shipped);
  }

  private static Location at(double latitude, double longitude) {
    return new Location(
        OptionalDouble.of(latitude),
        OptionalDouble.of(longitude),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
