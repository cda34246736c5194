package io.mestral.smartapi.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qudtlib.Qudt;
import io.github.qudtlib.model.FactorUnit;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds all units against the factors and prefixes that the library says they are made of. */
class UnitDefinitionsTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal ALLOWED = new BigDecimal("1E-28");

  /**
   * Units whose factors in the library aren't those that name and label, or label and kind, say.
   */
  private static final Set<String> OTHER_FACTORS =
      Set.of(
          "LB-MOL", // the pound mole is an amount of substance
          "LB-MOL-DEG_F",
          "BTU_IT-PER-LB-MOL",
          "FT-LA", // the foot lambert is a luminance
          "MicroG-PER-CentiM2", // microgram, not microgravity
          "CAL_TH-PER-G", // gram, not gravity
          "ERG-PER-G",
          "BTU_IT-PER-LB_F-DEG_F", // pound, not pound force
          "BTU_IT-PER-LB_F-DEG_R",
          "GM-PER-DEG_C", // gram times degree Celsius
          "GRAIN-PER-GAL", // gallon, not galileo
          "LB-PER-GAL",
          "OZ-PER-GAL");

  /** Units that the library says are scaled by a prefix, or of a unit, that isn't theirs. */
  private static final Set<String> OTHER_PREFIX = Set.of("KiloBYTE", "KiloYR", "MegaYR", "MilliA");

  /** Kibi to Yobi as they are; the library's Pebi and Exbi lack a digit. */
  private static final Map<String, BigDecimal> BINARY =
      Map.of("Pebi", new BigDecimal(2).pow(50), "Exbi", new BigDecimal(2).pow(60));

  private final Units units = Units.shared();

  @Test
  void compoundUnitsAreTheProductsOfTheirFactors() {
    Map<String, String> wrong = new TreeMap<>();
    int compared = 0;
    for (var unit : Qudt.allUnits()) {
      Scale.Linear scale = linear(unit.getIri());
      String name = unit.getIri().substring(Namespaces.UNIT.length());
      if (scale == null || unit.getFactorUnits().isEmpty() || OTHER_FACTORS.contains(name)) {
        continue;
      }
      BigDecimal product = BigDecimal.ONE;
      int[] exponents = new int[7];
      boolean known = true;
      for (FactorUnit factor : unit.getFactorUnits()) {
        Scale.Linear part = linear(factor.getUnit().getIri());
        known &= part != null;
        if (part != null) {
          product = product.multiply(multiplier(part).pow(factor.getExponent(), DIGITS), DIGITS);
          add(exponents, part.dimension(), factor.getExponent());
        }
      }
      if (known) {
        compared++;
        if (differ(multiplier(scale), product)) {
          wrong.put(name, multiplier(scale) + " instead of " + product);
        }
        if (!Arrays.equals(exponents, exponents(scale.dimension()))) {
          wrong.put(name, scale.dimension() + " instead of " + Arrays.toString(exponents));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(1_000);
  }

  @Test
  void prefixesMultiply() {
    Map<String, String> wrong = new TreeMap<>();
    int compared = 0;
    for (var unit : Qudt.allUnits()) {
      Scale.Linear scale = linear(unit.getIri());
      String unitName = unit.getIri().substring(Namespaces.UNIT.length());
      boolean power = Character.isDigit(unit.getIri().charAt(unit.getIri().length() - 1));
      if (scale == null
          || power // the square of a centimetre is no hundredth of a square metre
          || OTHER_PREFIX.contains(unitName)
          || unit.getPrefix().isEmpty()
          || unit.getScalingOf().isEmpty()) {
        continue;
      }
      Scale.Linear base = linear(unit.getScalingOf().get().getIri());
      if (base != null) {
        compared++;
        var prefix = unit.getPrefix().get();
        String name = prefix.getIri().substring(prefix.getIri().lastIndexOf('/') + 1);
        BigDecimal times = BINARY.getOrDefault(name, prefix.getMultiplier());
        BigDecimal product = multiplier(base).multiply(times, DIGITS);
        if (differ(multiplier(scale), product)
            || !base.dimension().equals(scale.dimension())
            || scale.offset().multiply(times).compareTo(base.offset()) != 0) {
          wrong.put(unit.getIri(), scale + " instead of " + name + " times " + base);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(150);
  }

  @Test
  void aMultiplierOfOneThatNobodyStatedCountsForNothing() {
    Set<String> stated = new TreeSet<>();
    Table.read("unit-definitions.tsv", 7).forEach(row -> stated.add(row[0]));
    for (var unit : Qudt.allUnits()) {
      boolean unstated =
          unit.getConversionMultiplier().map(BigDecimal::toString).orElse("1").equals("1");
      if (unstated && unit.getCurrencyCode().isEmpty()) {
        assertThat(stated).contains(unit.getIri());
      }
    }
  }

  @Test
  void everyDefinitionDiffersFromTheLibrarys() {
    for (String[] row : Table.read("unit-definitions.tsv", 7)) {
      assertThat(row[6]).as(row[0]).isNotEmpty();
      var unit = Qudt.unit(row[0]);
      if (unit.isPresent() && !row[2].isEmpty()) {
        BigDecimal multiplier = unit.get().getConversionMultiplier().orElseThrow();
        boolean same =
            multiplier.multiply(new BigDecimal(row[3])).compareTo(new BigDecimal(row[2])) == 0;
        boolean sameOffset =
            unit.get()
                    .getConversionOffset()
                    .orElse(BigDecimal.ZERO)
                    .compareTo(new BigDecimal(row[4]))
                == 0;
        boolean stated = !multiplier.toString().equals("1");
        assertThat(same && sameOffset && stated && row[5].isEmpty()).as(row[0]).isFalse();
      }
    }
  }

  private Scale.Linear linear(String iri) {
    return units.unit(new Iri(iri)).orElseThrow().scale() instanceof Scale.Linear linear
        ? linear
        : null;
  }

  private static BigDecimal multiplier(Scale.Linear scale) {
    return scale.numerator().divide(scale.denominator(), DIGITS);
  }

  private static boolean differ(BigDecimal one, BigDecimal other) {
    return one.divide(other, DIGITS).subtract(BigDecimal.ONE).abs().compareTo(ALLOWED) > 0;
  }

  private static void add(int[] sum, Dimension dimension, int times) {
    int[] exponents = exponents(dimension);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += times * exponents[i];
    }
  }

  private static int[] exponents(Dimension dimension) {
    return Pattern.compile("[AELIMHT]")
        .splitAsStream(dimension.vector())
        .filter(text -> !text.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
