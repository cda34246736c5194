package io.mestral.verticles.geography;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeographyTest {
  private final Geography world = Geography.shipped();

  @ParameterizedTest
  @CsvSource({
    "41.39669, 2.19219, Barcelona, ES",
    "41.3770, 2.0880, Esplugues de Llobregat, ES",
    "41.3600, 2.1000, L'Hospitalet de Llobregat, ES",
    "52.5200, 13.4050, Berlin, DE",
    "-33.8688, 151.2093, Sydney, AU",
    "-36.8485, 174.7633, Auckland, NZ",
    "43.3380, -1.7890, Irun, ES",
    "43.3550, -1.7800, Hendaye, FR",
    "-29.3100, 27.4800, Maseru, LS",
    "51.5074, -0.1278, London, GB",
    "40.7128, -74.0060, New York City, US",
  })
  void aTownIsWhereItsPeopleSayItIs(double latitude, double longitude, String city, String code) {
    assertThat(world.at(latitude, longitude))
        .isEqualTo(new Whereabouts(Optional.of(city), Optional.of(code)));
  }

  @Test
  void farFromTownsThereIsACountryStill() {
    assertThat(world.at(23.5, 10.0)) // the Sahara
        .isEqualTo(new Whereabouts(Optional.empty(), Optional.of("DZ")));
  }

  @Test
  void farAtSeaThereIsNothingNorIsThereBehindTheEdges() {
    assertThat(world.at(0, -30)).isEqualTo(Whereabouts.NOWHERE);
    assertThat(world.at(90, 180)).isEqualTo(Whereabouts.NOWHERE);
    assertThat(world.at(-85, -180).city()).isEmpty();
  }

  @Test
  void townsAreLookedForAcrossTheDateLineAndOverThePole() throws IOException {
    String lines = "FJ\t-16800\t179990\t5000\tWest\nAQ\t-89900\t0\t5000\tPole\n";
    Cities cities = Cities.read(new BufferedReader(new StringReader(lines)));
    assertThat(cities.nearest(-16.8, -179.99, Optional.empty()).orElseThrow().city().name())
        .isEqualTo("West");
    assertThat(cities.nearest(-89.9, 180, Optional.empty()).orElseThrow().city().name())
        .isEqualTo("Pole");
    assertThat(cities.nearest(-16.8, -179.99, Optional.of("TO"))).isEmpty();
  }

  @Test
  void townsAreFoundByTheBeginningOfTheirNameWhateverItsAccents() {
    assertThat(world.named("barcel", 5)).first().extracting(City::name).isEqualTo("Barcelona");
    assertThat(world.named("SAO PAULO", 5)).first().extracting(City::name).isEqualTo("São Paulo");
    assertThat(world.named("london", 5)).hasSize(5);
    assertThat(world.named("london", 5).get(0).countryCode()).isEqualTo("GB");
    assertThat(world.named("", 5)).isEmpty();
    assertThat(world.named("\n", 5)).isEmpty();
  }
}
