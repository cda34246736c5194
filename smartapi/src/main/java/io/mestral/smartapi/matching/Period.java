package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A recurring period, the value of {@code smartapi:during}: a weekday of GoodRelations, or a month,
 * {@code Weekday} or {@code Weekend} of the Smart API (Smart API, section 3.2, time spans).
 *
 * @param days the days of the week that belong to it
 * @param months the months that belong to it
 */
record Period(Set<DayOfWeek> days, Set<Month> months) {
  private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

  /**
   * The period that an IRI names.
   *
   * @throws SmartApiException of type InvalidParams if it names none
   */
  static Period of(Iri name) {
    String iri = name.value();
    if (iri.startsWith(Gr.NAMESPACE)) {
      for (DayOfWeek day : DayOfWeek.values()) {
        if (iri.substring(Gr.NAMESPACE.length()).equals(inTitleCase(day))) {
          return new Period(EnumSet.of(day), EnumSet.allOf(Month.class));
        }
      }
    } else if (iri.startsWith(Namespaces.SMARTAPI)) {
      return ofSmartApi(name, iri.substring(Namespaces.SMARTAPI.length()));
    }
    throw unknown(name);
  }

  /** Whether a moment, as the clocks show it where the Entity is, lies in the period. */
  boolean contains(ZonedDateTime moment) {
    return days.contains(moment.getDayOfWeek()) && months.contains(moment.getMonth());
  }

  private static Period ofSmartApi(Iri name, String local) {
    if (local.equals("Weekend")) {
      return new Period(WEEKEND, EnumSet.allOf(Month.class));
    }
    if (local.equals("Weekday")) {
      return new Period(EnumSet.complementOf(EnumSet.copyOf(WEEKEND)), EnumSet.allOf(Month.class));
    }
    for (Month month : Month.values()) {
      if (local.equals(inTitleCase(month))) {
        return new Period(EnumSet.allOf(DayOfWeek.class), EnumSet.of(month));
      }
    }
    throw unknown(name);
  }

  private static String inTitleCase(Enum<?> constant) {
    return constant.name().charAt(0) + constant.name().substring(1).toLowerCase(Locale.ROOT);
  }

  private static SmartApiException unknown(Iri name) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        name
            + " is no period. Allowed in smartapi:during are gr:Monday to gr:Sunday,"
            + " smartapi:January to smartapi:December, smartapi:Weekday and smartapi:Weekend.",
        name);
  }
}
