package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.json.JsonText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shortens IRIs by a context, and notes what of the context is used. For one document. */
final class Names {
  private final TermContext context;
  private final Map<String, String> prefixOf = new HashMap<>();
  private final Map<Iri, String> known = new HashMap<>();
  private final Set<String> usedPrefixes = new LinkedHashSet<>();
  private final Set<String> usedTerms = new LinkedHashSet<>();
  private boolean ambiguous;

  /**
   * Names of a context.
   *
   * @param context prefixes and terms; the empty one leaves IRIs as they are
   */
  Names(TermContext context) {
    this.context = context;
    context.prefixes().forEach((prefix, namespace) -> prefixOf.put(namespace, prefix));
  }

  /**
   * Writes an IRI as short as the context allows.
   *
   * @param iri any IRI
   * @return a compact IRI, or the IRI
   * @throws SmartApiException of type ServerError if it has characters that no IRI has
   */
  String of(Iri iri) {
    String name = known.get(iri);
    if (name == null) {
      name = shortened(iri.value());
      known.put(iri, name);
    }
    return name;
  }

  private String shortened(String iri) {
    if (!TermText.isUsable(iri)) {
      throw new SmartApiException(
          ErrorType.SERVER_ERROR,
          "<%s> is no IRI and can't be written as JSON-LD.".formatted(JsonText.shortened(iri)));
    }
    int cut = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
    String prefix = cut < iri.length() ? prefixOf.get(iri.substring(0, cut)) : null;
    if (prefix != null) {
      usedPrefixes.add(prefix);
      return prefix + ':' + iri.substring(cut);
    }
    ambiguous |= !context.expand(iri).equals(iri); // such as geo:60.2,24.9
    return iri;
  }

  /**
   * The type coercion of a property.
   *
   * @param iri the property
   * @return its term's coercion, or none
   */
  Property property(Iri iri) {
    String name = of(iri);
    Property term = context.term(name).orElseGet(() -> Property.plain(Optional.of(iri)));
    if ((term.reference() || term.datatype().isPresent()) && usedTerms.add(name)) {
      term.datatype().ifPresent(this::of);
    }
    return term;
  }

  /**
   * Says whether an IRI was written that readers would take for a compact one.
   *
   * @return whether another context has to be used
   */
  boolean isAmbiguous() {
    return ambiguous;
  }

  /**
   * The prefixes that were used.
   *
   * @return prefix to namespace, in the order of the context
   */
  Map<String, String> usedPrefixes() {
    Map<String, String> used = new LinkedHashMap<>(context.prefixes());
    used.keySet().retainAll(usedPrefixes);
    return used;
  }

  /**
   * The terms with type coercion that were used.
   *
   * @return term to what it stands for
   */
  Map<String, Property> usedTerms() {
    Map<String, Property> used = new LinkedHashMap<>();
    usedTerms.forEach(name -> used.put(name, context.term(name).orElseThrow()));
    return used;
  }
}
