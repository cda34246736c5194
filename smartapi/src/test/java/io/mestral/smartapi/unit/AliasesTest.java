package io.mestral.smartapi.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AliasesTest {
  private final Units units = Units.shared();

  static Stream<String[]> pairs() {
    return Table.read("qudt-aliases.tsv", 2).stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void isKnownByBothNames(String former, String today) {
    Iri legacy = new Iri(former);
    Iri modern = new Iri(today);
    assertThat(units.inFamily(legacy, QudtFamily.MODERN)).isEqualTo(modern);
    if (former.startsWith(Namespaces.LEGACY_UNIT)) {
      assertThat(units.unit(legacy)).isPresent().isEqualTo(units.unit(modern));
      assertThat(units.inFamily(modern, QudtFamily.LEGACY)).isEqualTo(legacy);
    } else {
      assertThat(former).startsWith(Namespaces.LEGACY_QUANTITY);
      assertThat(units.quantityKind(legacy)).isPresent().isEqualTo(units.quantityKind(modern));
      Iri back = units.inFamily(modern, QudtFamily.LEGACY);
      assertThat(units.inFamily(back, QudtFamily.MODERN)).isEqualTo(modern);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void convertsToTheUnitOfTheSiAndBack(String former, String today) {
    if (!former.startsWith(Namespaces.LEGACY_UNIT)
        || !(units.unit(new Iri(former)).orElseThrow().scale() instanceof Scale.Linear scale)) {
      return;
    }
    Scale.Linear si =
        new Scale.Linear(scale.dimension(), BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO);
    Conversion there = Conversion.between("there", scale, si, true);
    Conversion back = Conversion.between("back", si, scale, true);
    for (String text : new String[] {"1", "-17.25", "4000", "0.001234567890123", "987654321"}) {
      BigDecimal value = new BigDecimal(text);
      BigDecimal returned = back.unrounded(there.unrounded(value));
      assertThat(returned.subtract(value).abs())
          .as("%s %s", text, today)
          .isLessThanOrEqualTo(value.abs().multiply(new BigDecimal("1E-12")));
    }
  }

  @Test
  void fewUnitsAreNotConverted() {
    Set<String> refused = new TreeSet<>();
    int converted = 0;
    for (String[] row : Table.read("qudt-aliases.tsv", 2)) {
      if (row[0].startsWith(Namespaces.LEGACY_UNIT)) {
        Scale scale = units.unit(new Iri(row[0])).orElseThrow().scale();
        if (scale instanceof Scale.Linear) {
          converted++;
        } else if (!((Scale.None) scale).reason().contains("currency")) {
          refused.add(row[0].substring(Namespaces.LEGACY_UNIT.length()));
        }
      }
    }
    assertThat(refused)
        .containsExactly(
            "AtomicNumber",
            "Barrel",
            "BtuPerPoundMoleDegreeFahrenheit",
            "ColonyFormingUnit",
            "Decibel",
            "Flight",
            "Grade",
            "InternationalUnit",
            "InternationalUnitPerLiter",
            "Mach");
    assertThat(converted).isGreaterThan(450);
  }
}
