package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * What a name of a JSON object stands for.
 *
 * @param iri the property; nothing when the name is no IRI and its values are dropped
 * @param reference whether texts are IRIs (type coercion to {@code @id})
 * @param datatype the datatype of texts and numbers; nothing when the JSON says it
 */
record Property(Optional<Iri> iri, boolean reference, Optional<Iri> datatype) {

  /**
   * A property without type coercion.
   *
   * @param iri the property, or nothing
   * @return what a name for it stands for
   */
  static Property plain(Optional<Iri> iri) {
    return new Property(iri, false, Optional.empty());
  }
}
