package io.mestral.smartapi.unit;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Units, quantity kinds and conversions (Smart API, sections 1.2 and 6): the data of qudtlib 4.1.0,
 * its faults put right, the units that the Smart API minted, and the names of both QUDT families.
 *
 * <p>The first call of {@link #shared} takes about half a second and keeps some 4 MB; a server
 * makes it in the background after its start. From then on everything here answers within
 * microseconds, on any thread, and holds no lock.
 */
public final class Units {
  /** Routes between units that are kept ready. Beyond that all are forgotten and made anew. */
  private static final int ROUTES = 4_096;

  private final Aliases aliases = new Aliases();
  private final UnitTable units = new UnitTable(aliases);
  private final Kinds kinds = new Kinds();
  private final Map<Route, Conversion> routes = new ConcurrentHashMap<>();

  private Units() {}

  /** From what into what, as somebody asked for it. */
  private record Route(Measure from, Measure to) {}

  private static final class Holder {
    static final Units SHARED = new Units();
  }

  /**
   * The one table of units, loaded by the first call.
   *
   * @return all units
   */
  public static Units shared() {
    return Holder.SHARED;
  }

  /**
   * Finds a unit.
   *
   * @param iri its IRI in either QUDT family, or the Smart API's own
   * @return the unit, or nothing if it is unknown
   */
  public Optional<Unit> unit(Iri iri) {
    return Optional.ofNullable(units.get(aliases.modern(iri)));
  }

  /**
   * Finds a unit by its symbol.
   *
   * @param symbol as QUDT writes it, such as {@code °C}
   * @return the unit, or nothing when none has this symbol, or several have
   */
  public Optional<Unit> ofSymbol(String symbol) {
    return Optional.ofNullable(units.ofSymbol(symbol));
  }

  /**
   * All units.
   *
   * @return each once, in no particular order; can't be changed
   */
  public Collection<Unit> all() {
    return Collections.unmodifiableCollection(units.all());
  }

  /**
   * Finds a quantity kind.
   *
   * @param iri its IRI in either QUDT family, or the Smart API's own
   * @return the kind, or nothing if it is unknown
   */
  public Optional<QuantityKind> quantityKind(Iri iri) {
    return Optional.ofNullable(kinds.get(aliases.modern(iri)));
  }

  /**
   * Names a unit or a quantity kind in one of the two families (Smart API, section 1.2, rule 3).
   *
   * @param iri its IRI in either family
   * @param family the wanted family
   * @return its IRI there; what has no partner there as it is known; what is unknown as it was
   *     given. Of several former names it is the one that equals today's, else the first by
   *     alphabet
   */
  public Iri inFamily(Iri iri, QudtFamily family) {
    return aliases.inFamily(iri, family);
  }

  /**
   * Puts what a ValueObject says into order: today's IRIs, and a unit that was given as quantity
   * kind as unit (Smart API, section 6).
   *
   * @param measure as it was written
   * @return the same measure in today's terms; what is unknown stays as it is
   * @throws SmartApiException {@link ErrorType#UNIT_ERROR} if it names two different units
   */
  public Measure modern(Measure measure) {
    Optional<Iri> unit = measure.unit().map(aliases::modern);
    Optional<Iri> kind = measure.quantityKind().map(aliases::modern);
    if (kind.isEmpty() || units.get(kind.get()) == null) {
      return new Measure(unit, kind);
    }
    if (unit.isPresent() && !unit.equals(kind)) {
      throw error(
          "a value has one unit, this one two: "
              + named(unit.get())
              + " and, given as its quantity kind, "
              + named(kind.get()));
    }
    return new Measure(kind, Optional.empty());
  }

  /**
   * Says whether values of one quantity kind are values of the other, too: both are equal, or one
   * is broader than the other.
   *
   * @param one a kind's IRI in any family
   * @param other another's
   * @return whether they may be converted into one another when their dimensions are equal; kinds
   *     that are unknown are equal to themselves alone
   */
  public boolean compatible(Iri one, Iri other) {
    return kinds.compatible(aliases.modern(one), aliases.modern(other));
  }

  /**
   * The way from one unit to another. It may be kept, and is the fast way for many values.
   *
   * @param from what is said of the values that there are
   * @param to what is wanted of them; without a unit they stay in theirs
   * @return the conversion
   * @throws SmartApiException {@link ErrorType#UNIT_ERROR} if a unit is unknown or missing,
   *     dimensions or quantity kinds don't fit, or one of the units is never converted
   */
  public Conversion conversion(Measure from, Measure to) {
    Route route = new Route(from, to);
    Conversion known = routes.get(route);
    if (known != null) {
      return known;
    }
    Conversion made = find(modern(from), modern(to));
    if (!made.isIdentity() && isOfKnownKind(from) && isOfKnownKind(to)) {
      if (routes.size() >= ROUTES) {
        routes.clear();
      }
      routes.put(route, made);
    }
    return made;
  }

  /** Strangers' IRIs, which can be long, aren't kept. */
  private boolean isOfKnownKind(Measure measure) {
    return measure.quantityKind().isEmpty()
        || quantityKind(measure.quantityKind().get()).isPresent()
        || unit(measure.quantityKind().get()).isPresent();
  }

  /**
   * Converts a decimal number; see {@link Conversion#convert(BigDecimal)}.
   *
   * @param value the value
   * @param from what is said of it
   * @param to what is wanted
   * @return the value in the wanted unit, rounded to 12 significant digits if it changed
   * @throws SmartApiException as {@link #conversion} and {@link Conversion#convert(BigDecimal)} do
   */
  public BigDecimal convert(BigDecimal value, Measure from, Measure to) {
    return conversion(from, to).convert(value);
  }

  /**
   * Converts a floating point number; see {@link Conversion#convert(double)}.
   *
   * @param value the value
   * @param from what is said of it
   * @param to what is wanted
   * @return the value in the wanted unit, rounded to 12 significant digits if it changed
   * @throws SmartApiException as {@link #conversion} and {@link Conversion#convert(double)} do
   */
  public double convert(double value, Measure from, Measure to) {
    return conversion(from, to).convert(value);
  }

  /**
   * Converts a number and writes it in a datatype; see {@link Conversion#convert(BigDecimal, Iri)}.
   *
   * @param value the value
   * @param from what is said of it
   * @param to what is wanted
   * @param datatype a numeric datatype of XML Schema
   * @return the value in the wanted unit
   * @throws SmartApiException as {@link #conversion} and {@link Conversion#convert(BigDecimal,
   *     Iri)} do
   */
  public Literal convert(BigDecimal value, Measure from, Measure to, Iri datatype) {
    return conversion(from, to).convert(value, datatype);
  }

  private Conversion find(Measure from, Measure to) {
    requireFittingKinds(from, to);
    if (to.unit().isEmpty() || to.unit().equals(from.unit())) {
      return Conversion.none(from.unit().map(unit -> "in " + named(unit)).orElse("without a unit"));
    }
    Iri wanted = to.unit().get();
    if (from.unit().isEmpty()) {
      throw error(
          "a value without a unit can't be converted into "
              + named(wanted)
              + "; allowed is to ask for it without a unit");
    }
    Iri given = from.unit().get();
    String route = "from " + named(given) + " into " + named(wanted);
    Scale.Linear one = linear(given, route, Optional.empty());
    Scale.Linear other = linear(wanted, route, Optional.of(one.dimension()));
    if (!one.dimension().equals(other.dimension())) {
      throw error(
          "a value can't be converted "
              + route
              + ": the first measures "
              + one.dimension()
              + ", the second "
              + other.dimension()
              + "; allowed are "
              + alternatives(one.dimension()));
    }
    return Conversion.between(route, one, other, !isDifference(from) && !isDifference(to));
  }

  /** The scale of a unit that must have one; otherwise the error names what is allowed instead. */
  private Scale.Linear linear(Iri unit, String route, Optional<Dimension> wanted) {
    Unit found = units.get(unit);
    String allowed =
        wanted.map(this::alternatives).orElse("its own unit, or none, in what is asked for");
    if (found == null) {
      throw error(
          "a value can't be converted "
              + route
              + ", because "
              + unit
              + " is neither a unit of QUDT (http://qudt.org/vocab/unit/ or"
              + " http://data.nasa.gov/qudt/owl/unit#) nor of the Smart API; allowed are "
              + allowed);
    }
    if (found.scale() instanceof Scale.None none) {
      throw error(
          "a value can't be converted "
              + route
              + ", because "
              + found.label()
              + " is never converted ("
              + none.reason()
              + "); allowed are "
              + allowed);
    }
    return (Scale.Linear) found.scale();
  }

  private boolean isDifference(Measure measure) {
    return measure.quantityKind().map(kinds::isDifference).orElse(false);
  }

  private void requireFittingKinds(Measure from, Measure to) {
    if (from.quantityKind().isEmpty() || to.quantityKind().isEmpty()) {
      return;
    }
    Iri one = from.quantityKind().get();
    Iri other = to.quantityKind().get();
    if (!kinds.compatible(one, other)) {
      throw error(
          "a value of "
              + namedKind(one)
              + from.unit().map(unit -> " in " + named(unit)).orElse("")
              + " isn't one of "
              + namedKind(other)
              + to.unit().map(unit -> " in " + named(unit)).orElse("")
              + "; allowed are the same quantity kind, a broader or a narrower one, or none");
    }
  }

  private String alternatives(Dimension dimension) {
    String examples =
        units.examples(dimension).stream().map(Unit::toString).collect(Collectors.joining(", "));
    return "units that measure " + dimension + ", such as " + examples;
  }

  private String named(Iri unit) {
    Unit known = units.get(unit);
    return known == null ? "the unknown unit " + unit : known.toString();
  }

  private String namedKind(Iri kind) {
    QuantityKind known = kinds.get(kind);
    return known == null ? "the unknown quantity kind " + kind : known.toString();
  }

  private static SmartApiException error(String message) {
    return new SmartApiException(ErrorType.UNIT_ERROR, message);
  }
}
