package io.mestral.smartapi.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  private final Units units = Units.shared();

  /** The faults of the library's data that the specification names, and others of their sort. */
  @ParameterizedTest
  @CsvSource({
    "21.5, DEG_C, DEG_F, 70.7",
    "70.7, DEG_F, DEG_C, 21.5",
    "0, DEG_F, K, 255.372222222",
    "21500, MilliDEG_C, DEG_C, 21.5",
    "55, PERCENT, UNITLESS, 0.55",
    "180, DEG, RAD, 3.14159265359",
    "4000, REV-PER-MIN, RAD-PER-SEC, 418.879020479",
    "1, MI-PER-HR, M-PER-SEC, 0.44704",
    "30, PER-MIN, HZ, 0.5",
    "2, PER-HR, PER-SEC, 0.000555555555556",
    "72, BEAT-PER-MIN, HZ, 1.2",
    "1, RAD-PER-HR, RAD-PER-SEC, 0.000277777777778",
    "50, PERCENT, PERCENT_RH, 50",
    "50, PERCENT_RH, PERCENT, 50",
    "18, DEG_F-PER-HR, DEG_C-PER-HR, 10",
    "1, KiloPA_A, HectoPA, 10",
    "1, KiloA-HR, C, 3600000",
    "1, KiloBTU_IT, BTU_IT, 1000",
    "1, J-PER-HR, W, 0.000277777777778",
    "1, HP_Brake, HP, 1",
    "1, PSI, PA, 6894.75729317",
    "760, TORR, ATM, 1",
    "1, MilliGM-PER-MilliL, KiloGM-PER-M3, 1",
    "1, DEG_F-HR-FT2-PER-BTU_IT, M2-K-PER-W, 0.176110183682",
    "1, ANGSTROM3, M3, 1E-30",
    "6400, MIL, DEG, 360",
    "9000, Denier, TEX, 1000",
    "1, KiloPA-PER-BAR, UNITLESS, 0.01",
    "1, PERCENT-PER-HR, PERCENT-PER-DAY, 24",
    "1, NUM-PER-HA, NUM-PER-M2, 0.0001",
    "1, KiloCAL-PER-CentiM2, J-PER-M2, 41840000",
    "1, MHO, S, 1",
    "1, KiloBYTE, BIT, 8000",
    "1, KibiBYTE, BIT, 8192",
    "1, BBL_US_PET, GAL_US, 42",
    "1, PT, PCA, 0.0833333333333",
    "7, PERMEABILITY_REL, UNITLESS, 7",
    "1, GM-PER-DEG_C, KiloGM-K, 0.001",
  })
  void convertsWhatTheLibraryGetsWrong(
      BigDecimal value, String from, String to, BigDecimal expected) {
    assertThat(units.convert(value, in(from), in(to))).isEqualByComparingTo(expected);
    assertThat(units.convert(value.doubleValue(), in(from), in(to)))
        .isEqualTo(expected.doubleValue());
  }

  @Test
  void revolutionsPerMinuteHaveAllDigits() {
    assertThat(
            units
                .conversion(in("REV-PER-MIN"), in("RAD-PER-SEC"))
                .unrounded(new BigDecimal(4000))
                .toString())
        .startsWith("418.879020478639098461685784437");
  }

  @Test
  void answersInTheWantedUnit() {
    assertThat(units.convert(50.0, in("KiloM-PER-HR"), in("MI-PER-HR")))
        .isCloseTo(31.068559611866698, within(31.07e-9));
    assertThat(units.convert(19.25, in("DEG_C"), in("DEG_F"))).isEqualTo(66.65);
    assertThat(units.convert(13.888888888888889, in("M-PER-SEC"), in("KiloM-PER-HR")))
        .isEqualTo(50.0);
  }

  @Test
  void refusesWhatMeasuresSomethingElse() {
    assertThatThrownBy(() -> units.conversion(in("DEG_C"), in("M")))
        .isInstanceOfSatisfying(
            SmartApiException.class,
            error -> {
              assertThat(error.type()).isEqualTo(ErrorType.UNIT_ERROR);
              assertThat(error.type().code()).isEqualTo(422);
            })
        .hasMessage(
            "a value can't be converted from Degree Celsius <http://qudt.org/vocab/unit/DEG_C> into"
                + " Metre <http://qudt.org/vocab/unit/M>: the first measures temperature, the"
                + " second length; allowed are units that measure temperature, such as Kelvin"
                + " <http://qudt.org/vocab/unit/K>, Degree Celsius"
                + " <http://qudt.org/vocab/unit/DEG_C>, Degree Fahrenheit"
                + " <http://qudt.org/vocab/unit/DEG_F>, Degree Rankine"
                + " <http://qudt.org/vocab/unit/DEG_R>, PlanckTemperature"
                + " <http://qudt.org/vocab/unit/PlanckTemperature>");
  }

  @ParameterizedTest
  @CsvSource({
    "Euro, USDollar, a currency",
    "MillionUSD, UNITLESS, currency",
    "Tugrik, UNITLESS, currency",
    "DeciB, B, logarithmic",
    "UNITLESS, DeciB, logarithmic",
    "DeciB_M, MilliW, logarithmic",
    "NP, DeciB, logarithmic",
    "OCT, DECADE, logarithmic",
    "PH, UNITLESS, logarithmic",
    "PSU, PPTH, practical salinity is a scale of its own",
    "PPTH, PSU, practical salinity is a scale of its own",
    "BFT, M-PER-SEC, a scale that no factor describes",
    "DEGREE_BRIX, KiloGM-PER-M3, a scale that no factor describes",
    "IU, MOL, what an international unit is depends on the substance",
    "KiloCAL-PER-GM-DEG_C, J-PER-KiloGM-K, its name and its label mean different units",
    "BBL, M3, how large it is isn't published",
  })
  void neverConvertsSomeUnits(String from, String to, String why) {
    refused(in(from), in(to), "is never converted (" + why + ")");
    assertThat(units.convert(new BigDecimal("3.14159265358979"), in(from), in(from)))
        .isEqualTo(new BigDecimal("3.14159265358979"));
  }

  @Test
  void neverConvertsPricesOfTheSmartApi() {
    Measure perKilowatthour = Measure.in(smartApi("EuroPerKilowatthour"));
    Measure perMegawatthour = Measure.in(smartApi("EuroPerMegawatthour"));
    refused(perKilowatthour, perMegawatthour, "never converted (currency)");
    assertThat(units.conversion(perKilowatthour, perKilowatthour).isIdentity()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, Megawatthour, KiloW-HR, 1000",
    "1, Gigawatthour, MegaW-HR, 1000",
    "2, Terawatthour, GigaW-HR, 2000",
    "3, Megawatt, KiloW, 3000",
    "3, Gigawatt, MegaW, 3000",
    "4, Kiloampere, A, 4000",
    "5, VoltAmpere, V-A, 5",
    "5, KiloVoltAmpere, V-A, 5000",
    "5, MegaVoltAmpere, V-A, 5000000",
    "5, VoltAmpereReactive, V-A_Reactive, 5",
    "5, VoltAmpereReactiveHour, V-A_Reactive-HR, 5",
    "6, MilliLiter, MilliL, 6",
    "7, OhmMetre, OHM-M, 7",
    "8, SiemensPerMeter, S-PER-M, 8",
    "9, KilowattPerSquareMeterGFA, W-PER-M2, 9000",
  })
  void knowsUnitsOfTheSmartApi(BigDecimal value, String from, String to, BigDecimal expected) {
    assertThat(units.convert(value, Measure.in(smartApi(from)), in(to)))
        .isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BtuPerYear", "BooleanUnit", "AirCirculationUnit", "NoSuchUnit"})
  void doesNotGuessUnits(String name) {
    assertThat(units.unit(smartApi(name))).isEmpty();
    Measure unknown = Measure.in(smartApi(name));
    refused(in("W"), unknown, "neither a unit of QUDT");
    refused(unknown, in("W"), smartApi(name).toString());
    assertThat(units.conversion(unknown, unknown).isIdentity()).isTrue();
  }

  @Test
  void findsAUnitByItsSymbolUnlessSeveralHaveIt() {
    assertThat(units.ofSymbol("°C")).isEqualTo(units.unit(unit("DEG_C"))).isPresent();
    assertThat(units.ofSymbol("kPa")).isEqualTo(units.unit(unit("KiloPA"))).isPresent();
    assertThat(units.ofSymbol("mV")).as("mega and milli, in the library's data").isEmpty();
    assertThat(units.ofSymbol("no such")).isEmpty();
  }

  @Test
  void knowsBothFamilies() {
    Iri legacy = new Iri(Namespaces.LEGACY_UNIT + "DegreeFahrenheit");
    assertThat(units.unit(legacy)).isEqualTo(units.unit(unit("DEG_F"))).isPresent();
    assertThat(units.inFamily(legacy, QudtFamily.MODERN)).isEqualTo(unit("DEG_F"));
    assertThat(units.inFamily(legacy, QudtFamily.LEGACY)).isEqualTo(legacy);
    assertThat(units.inFamily(unit("DEG_F"), QudtFamily.LEGACY)).isEqualTo(legacy);
    assertThat(units.inFamily(unit("MegaW-HR"), QudtFamily.LEGACY)).isEqualTo(unit("MegaW-HR"));
    Iri own = smartApi("Megawatthour");
    assertThat(units.inFamily(own, QudtFamily.LEGACY)).isEqualTo(own);
    assertThat(units.inFamily(own, QudtFamily.MODERN)).isEqualTo(own);
    assertThat(units.inFamily(kind("EnergyKinetic"), QudtFamily.LEGACY))
        .isEqualTo(new Iri(Namespaces.LEGACY_QUANTITY + "EnergyKinetic"));
    assertThat(
            units.inFamily(
                new Iri(Namespaces.LEGACY_QUANTITY + "KineticEnergy"), QudtFamily.MODERN))
        .isEqualTo(kind("EnergyKinetic"));
  }

  @ParameterizedTest
  @CsvSource({
    "ThermodynamicTemperature, Temperature, true",
    "CelsiusTemperature, Temperature, true",
    "BoilingPoint, ThermodynamicTemperature, true",
    "MassConcentration, MassDensity, true",
    "MassConcentration, Density, true",
    "ElectricConductivity, Conductivity, true",
    "PropellantMeanBulkTemperature, ThermodynamicTemperature, true",
    "RelativeHumidity, Dimensionless, true",
    "BoilingPoint, MeltingPoint, false",
    "Torque, Energy, false",
    "AngularVelocity, Frequency, false",
    "TemperatureDifference, Temperature, false",
  })
  void knowsWhichKindsFit(String one, String other, boolean fit) {
    assertThat(units.compatible(kind(one), kind(other))).isEqualTo(fit);
    assertThat(units.compatible(kind(other), kind(one))).isEqualTo(fit);
  }

  @Test
  void relatesKindsOfTheSmartApi() {
    assertThat(units.compatible(smartApi("AirTemperature"), kind("ThermodynamicTemperature")))
        .isTrue();
    assertThat(units.compatible(smartApi("ElectricVoltage"), kind("Voltage"))).isTrue();
    assertThat(
            units.compatible(
                smartApi("Temperature"),
                new Iri(Namespaces.LEGACY_QUANTITY + "ThermodynamicTemperature")))
        .isTrue();
    assertThat(units.compatible(smartApi("AirTemperature"), kind("BoilingPoint"))).isFalse();
    Iri custom = new Iri("http://example.com/Comfort");
    assertThat(units.compatible(custom, custom)).isTrue();
    assertThat(units.compatible(custom, kind("Temperature"))).isFalse();
    assertThat(units.quantityKind(custom)).isEmpty();
    assertThat(units.quantityKind(smartApi("AirTemperature")).orElseThrow().broader())
        .contains(kind("Temperature"));
  }

  @Test
  void equalDimensionsAreNotEnough() {
    Measure torque = Measure.of(kind("Torque"), unit("N-M"));
    Measure energy = Measure.of(kind("Energy"), unit("J"));
    refused(torque, energy, "Torque <http://qudt.org/vocab/quantitykind/Torque> in Newton Metre");
    assertThat(units.convert(2.0, torque, in("J"))).isEqualTo(2.0);
    assertThat(units.convert(2.0, in("N-M"), energy)).isEqualTo(2.0);
    refused(
        Measure.of(kind("AngularVelocity"), unit("REV-PER-SEC")),
        Measure.of(kind("Frequency"), unit("HZ")),
        "allowed are the same quantity kind, a broader or a narrower one, or none");
    assertThat(
            units.convert(
                20.0,
                Measure.of(smartApi("AirTemperature"), unit("DEG_C")),
                Measure.of(
                    new Iri(Namespaces.LEGACY_QUANTITY + "ThermodynamicTemperature"),
                    new Iri(Namespaces.LEGACY_UNIT + "DegreeFahrenheit"))))
        .isEqualTo(68.0);
  }

  @Test
  void differencesAndRatesHaveNoOffset() {
    Measure difference = Measure.of(kind("TemperatureDifference"), unit("DEG_C"));
    assertThat(units.convert(10.0, difference, in("DEG_F"))).isEqualTo(18.0);
    assertThat(units.convert(10.0, difference, in("K"))).isEqualTo(10.0);
    Measure change = Measure.of(smartApi("ThermodynamicTemperatureChange"), unit("DEG_F"));
    assertThat(units.convert(18.0, change, difference)).isEqualTo(10.0);
    assertThat(units.convert(18.0, in("DEG_F"), difference)).isEqualTo(10.0);
    Measure rate = Measure.of(kind("TemperatureRateOfChange"), unit("DEG_C-PER-MIN"));
    assertThat(units.convert(1.0, rate, in("DEG_F-PER-HR"))).isEqualTo(108.0);
  }

  @Test
  void takesAUnitForTheQuantityKind() {
    Iri milesPerHour = new Iri(Namespaces.LEGACY_UNIT + "MilePerHour");
    assertThat(units.modern(Measure.of(milesPerHour))).isEqualTo(in("MI-PER-HR"));
    assertThat(units.modern(Measure.of(milesPerHour, unit("MI-PER-HR"))))
        .isEqualTo(in("MI-PER-HR"));
    assertThat(units.convert(100.0, in("KiloM-PER-HR"), Measure.of(milesPerHour)))
        .isEqualTo(62.1371192237);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> units.modern(Measure.of(milesPerHour, unit("KiloM-PER-HR"))))
        .withMessageContaining("one unit, this one two")
        .withMessageContaining("<http://qudt.org/vocab/unit/MI-PER-HR>")
        .withMessageContaining("<http://qudt.org/vocab/unit/KiloM-PER-HR>");
  }

  @Test
  void withoutAWantedUnitValuesStay() {
    Measure given = Measure.of(kind("Velocity"), unit("KiloM-PER-HR"));
    assertThat(units.conversion(given, Measure.NONE).isIdentity()).isTrue();
    assertThat(units.conversion(given, Measure.of(kind("Velocity"))).isIdentity()).isTrue();
    assertThat(units.conversion(Measure.NONE, Measure.NONE).isIdentity()).isTrue();
    refused(given, Measure.of(kind("Mass")), "isn't one of Mass");
    refused(Measure.NONE, in("M"), "a value without a unit can't be converted into Metre");
  }

  @Test
  void keepsRoutesAndForgetsThemWhenThereAreTooMany() {
    Measure metre = in("M");
    Measure foot = in("FT");
    Conversion first = units.conversion(metre, foot);
    assertThat(units.conversion(metre, foot)).isSameAs(first);
    Measure strange = Measure.of(new Iri("http://example.com/Span"), unit("FT"));
    assertThat(units.conversion(metre, strange)).isNotSameAs(units.conversion(metre, strange));
    List<Measure> lengths =
        units.all().stream()
            .filter(unit -> unit.scale() instanceof Scale.Linear)
            .filter(unit -> ((Scale.Linear) unit.scale()).dimension().toString().equals("length"))
            .map(unit -> Measure.in(unit.iri()))
            .toList();
    for (Iri kind : List.of(kind("Length"), kind("Height"), kind("Width"), kind("Depth"))) {
      for (Measure from : lengths) {
        for (Measure to : lengths) {
          units.conversion(new Measure(from.unit(), Optional.of(kind)), to);
        }
      }
    }
    assertThat(units.conversion(metre, foot)).isNotSameAs(first);
    assertThat(units.convert(1.0, foot, metre)).isEqualTo(0.3048);
  }

  @Test
  void namesUnitsForPeople() {
    assertThat(units.unit(unit("M-PER-SEC2")).map(Unit::label))
        .isEqualTo(Optional.of("Metre per Square Second"));
    assertThat(units.unit(smartApi("Megawatthour")).map(Unit::label))
        .isEqualTo(Optional.of("Megawatt hour"));
    assertThat(new Dimension("A0E0L1I0M0H0T-2").toString()).isEqualTo("length time^-2");
    assertThat(new Dimension("A0E0L0I0M0H0T0").toString()).isEqualTo("ratio");
  }

  private void refused(Measure from, Measure to, String message) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> units.conversion(from, to))
        .withMessageContaining(message)
        .withMessageContaining("allowed ")
        .satisfies(error -> assertThat(error.type()).isEqualTo(ErrorType.UNIT_ERROR));
  }

  private static Measure in(String name) {
    return Measure.in(unit(name));
  }

  private static Iri unit(String name) {
    return new Iri(Namespaces.UNIT + name);
  }

  private static Iri kind(String name) {
    return new Iri(Namespaces.QUANTITY_KIND + name);
  }

  private static Iri smartApi(String name) {
    return new Iri(Namespaces.SMARTAPI + name);
  }
}
