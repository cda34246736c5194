package io.mestral.verticles.smartrequest.compact;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.Unit;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Units as people write them: a code of UCUM, QUDT's name or symbol, or an IRI. */
final class UnitCodes {
  private static final String TABLE = "ucum.tsv";
  private static final Map<String, Iri> CODES = read();

  private UnitCodes() {}

  private static Map<String, Iri> read() {
    Map<String, Iri> codes = new HashMap<>();
    try (InputStream resource = UnitCodes.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(row -> codes.put(row[0], new Iri(Namespaces.UNIT + row[1])));
    } catch (IOException failure) {
      throw new UncheckedIOException("can't read " + TABLE, failure);
    }
    return codes;
  }

  /** The codes of UCUM that are known, and their units. */
  static Map<String, Iri> all() {
    return Map.copyOf(CODES);
  }

  /** The unit; empty when it isn't known by this. */
  static Optional<Iri> unit(String text) {
    if (CODES.containsKey(text)) return Optional.of(CODES.get(text));
    Units units = Units.shared();
    Optional<Unit> found =
        Iri.isAbsolute(text)
            ? units.unit(new Iri(text))
            : CompactJson.isName(text)
                ? units.unit(new Iri(Namespaces.UNIT + text)).or(() -> units.ofSymbol(text))
                : units.ofSymbol(text);
    return found.map(Unit::iri);
  }

  /** A quantity kind by QUDT's name or an IRI; empty when it isn't known. */
  static Optional<Iri> quantityKind(String text) {
    if (!Iri.isAbsolute(text) && !CompactJson.isName(text)) return Optional.empty();
    Iri iri = new Iri(Iri.isAbsolute(text) ? text : Namespaces.QUANTITY_KIND + text);
    return Units.shared().quantityKind(iri).map(known -> iri);
  }
}
