package io.mestral.smartapi.price;

import io.mestral.smartapi.condition.Condition;
import io.mestral.smartapi.condition.ConditionScope;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.model.trade.PriceSpecification;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Scale;
import io.mestral.smartapi.unit.Unit;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.Variant;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prices of an Offering (Smart API, section 5.4). Of the specifications of one {@code
 * gr:priceType} the first one by {@code smartapi:index} applies that is valid and whose Conditions
 * hold; those of different types add up. Immutable.
 */
public final class PriceList {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Offering offering;
  private final List<List<PriceSpecification>> groups;
  private final Units units;

  /**
   * The price list of an Offering.
   *
   * @param offering the Offering
   * @param units converts what is bought into the units that prices are for
   * @throws SmartApiException of type InvalidParams if a specification can't be read
   */
  public PriceList(Offering offering, Units units) {
    this.offering = offering;
    this.units = units;
    Map<String, List<PriceSpecification>> byType = new LinkedHashMap<>();
    for (PriceSpecification one : offering.prices()) {
      one.index(); // one that can't be read is refused, also where nothing is compared
      byType.computeIfAbsent(one.priceType().orElse(""), added -> new ArrayList<>()).add(one);
    }
    byType
        .values()
        .forEach(
            group -> group.sort(Comparator.comparing(one -> one.index().orElse(Long.MAX_VALUE))));
    this.groups = List.copyOf(byType.values());
  }

  /**
   * What one Entity costs.
   *
   * @param bought how much is bought, with units, at most one quantity for each unit that prices
   *     are for; may be empty where prices are for the Entity as a whole
   * @param known what Conditions are evaluated on: the Entity, then the Request's Inputs and
   *     Parameters
   * @param now the moment for which the price is asked
   * @return the price; nothing when no specification applies, or the Offering isn't valid: it is
   *     void then
   * @throws SmartApiException of type InvalidParams if currency or value is missing or unknown,
   *     currencies differ, or it isn't said how much is bought; UnitError if that can't be
   *     converted
   */
  public Optional<Price> price(Collection<Quantity> bought, ConditionScope known, Instant now) {
    if (!isValid(offering.validFrom(), offering.validThrough(), now)) {
      return Optional.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal tax = BigDecimal.ZERO;
    Optional<String> currency = Optional.empty();
    for (List<PriceSpecification> group : groups) {
      Optional<PriceSpecification> applies =
          group.stream().filter(one -> applies(one, known, now)).findFirst();
      if (applies.isPresent()) {
        PriceSpecification one = applies.get();
        currency = Optional.of(sameCurrency(currency, one));
        BigDecimal amount = value(one).multiply(times(one, bought));
        sum = sum.add(amount);
        tax = tax.add(addedTax(one, amount));
      }
    }
    BigDecimal amount = sum;
    BigDecimal withTax = sum.add(tax);
    return currency.map(code -> new Price(rounded(amount, code), rounded(withTax, code), code));
  }

  private static boolean applies(PriceSpecification one, ConditionScope known, Instant now) {
    return isValid(one.validFrom(), one.validThrough(), now)
        && one.conditions().stream()
            .allMatch(
                condition ->
                    Condition.read(condition.graph(), condition.node())
                        .holds(known, Optional.empty()));
  }

  private static boolean isValid(Optional<Instant> from, Optional<Instant> through, Instant now) {
    return from.filter(now::isBefore).isEmpty()
        && through.filter(end -> !now.isBefore(end)).isEmpty();
  }

  private static BigDecimal value(PriceSpecification one) {
    return one.amount()
        .orElseThrow(() -> invalid(one, "A price has no gr:hasCurrencyValue: a number is wanted."));
  }

  private static String sameCurrency(Optional<String> others, PriceSpecification one) {
    String code =
        one.currency()
            .orElseThrow(
                () -> invalid(one, "A price has no gr:hasCurrency: a code of ISO 4217 is wanted."));
    if (others.isPresent() && !others.get().equals(code)) {
      throw invalid(
          one,
          "Prices in %s and %s can't be added: currencies aren't converted."
              .formatted(others.get(), code));
    }
    if (currency(code).isEmpty()) {
      throw invalid(
          one, "The currency %s is unknown: a code of ISO 4217 is wanted.".formatted(code));
    }
    return code;
  }

  private static Optional<Currency> currency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .filter(one -> one.getCurrencyCode().equals(code))
        .findFirst();
  }

  /** How often the price is to be paid. */
  private BigDecimal times(PriceSpecification one, Collection<Quantity> bought) {
    if (one.unit().isEmpty()) {
      return BigDecimal.ONE;
    }
    Iri unit = one.unit().get();
    List<Quantity> fitting =
        bought.stream()
            .filter(quantity -> quantity.unit().filter(of -> fits(of, unit)).isPresent())
            .toList();
    if (fitting.size() != 1) {
      throw invalid(
          one,
          "The price is for each %s, and of the quantities that are bought %s fits it: exactly one is wanted."
              .formatted(unit, fitting.isEmpty() ? "none" : "more than one"));
    }
    Quantity quantity = fitting.get(0);
    return units.convert(
        Variant.of(quantity.value()).asBigDecimal(),
        Measure.in(quantity.unit().orElseThrow()),
        Measure.in(unit));
  }

  private boolean fits(Iri one, Iri other) {
    Optional<Unit> first = units.unit(one);
    Optional<Unit> second = units.unit(other);
    return first.isPresent()
        && (first.equals(second)
            || second.isPresent()
                && first.get().scale() instanceof Scale.Linear from
                && second.get().scale() instanceof Scale.Linear to
                && from.dimension().equals(to.dimension()));
  }

  private static BigDecimal addedTax(PriceSpecification one, BigDecimal amount) {
    if (one.valueAddedTaxIncluded().orElse(false)) {
      return BigDecimal.ZERO;
    }
    return amount.multiply(
        one.vatPercentage().orElse(BigDecimal.ZERO).divide(HUNDRED, MathContext.DECIMAL128));
  }

  private static BigDecimal rounded(BigDecimal amount, String code) {
    int digits = currency(code).orElseThrow().getDefaultFractionDigits();
    return digits < 0 ? amount : amount.setScale(digits, RoundingMode.HALF_EVEN);
  }

  private static SmartApiException invalid(PriceSpecification at, String text) {
    return new SmartApiException(ErrorType.INVALID_PARAMS, text, at.node());
  }
}
