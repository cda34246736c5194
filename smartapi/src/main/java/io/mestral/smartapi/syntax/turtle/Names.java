package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.rdf.Iri;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** IRIs as names with a prefix, where there is one and the rest is plain. For one document. */
final class Names {
  private final Map<String, String> prefixes;
  private final Map<String, String> byNamespace = new HashMap<>();
  private final Map<Iri, String> names = new HashMap<>();
  private final Set<String> used = new TreeSet<>();

  Names(Map<String, String> prefixes) {
    this.prefixes = prefixes;
    prefixes.forEach((prefix, namespace) -> byNamespace.putIfAbsent(namespace, prefix));
  }

  /** Writes an IRI. */
  void write(Iri iri, Escapes out) throws IOException {
    String name = names.computeIfAbsent(iri, this::name);
    if (name.isEmpty()) {
      out.iri(iri);
    } else {
      out.ascii(name);
    }
  }

  /** Writes the declarations of the prefixes that were used up to now. */
  void declare(Escapes out) throws IOException {
    for (Map.Entry<String, String> each : prefixes.entrySet()) {
      if (used.contains(each.getKey())) {
        out.ascii("@prefix " + each.getKey() + ": ");
        out.iri(new Iri(each.getValue()));
        out.ascii(" .\n");
      }
    }
  }

  /** A name with a prefix, or the empty text where there is none. */
  private String name(Iri iri) {
    String value = iri.value();
    int split = Math.max(value.lastIndexOf('#'), value.lastIndexOf('/')) + 1;
    String prefix = byNamespace.get(value.substring(0, split));
    if (prefix == null || !isLocal(value, split)) {
      return "";
    }
    used.add(prefix);
    return prefix + ':' + value.substring(split);
  }

  /** Whether this is PN_LOCAL (RDF 1.1 Turtle, section 6.5), of ASCII and without escapes. */
  private static boolean isLocal(String value, int from) {
    int last = value.length() - 1;
    if (from > last || isAny("-.", value.charAt(from)) || value.charAt(last) == '.') {
      return false;
    }
    for (int at = from; at <= last; at++) {
      char c = value.charAt(at);
      if (c >= 128 || !Characters.isName(c) && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAny(String characters, char c) {
    return characters.indexOf(c) >= 0;
  }
}
