package io.mestral.verticles.smartrequest.compact;

import io.mestral.smartapi.rdf.Iri;

/**
 * How a gateway calls what it manages: by a plain name, which stands for an IRI below its own, or
 * by an IRI.
 *
 * @param gateway the gateway's IRI
 */
record Names(Iri gateway) {

  /** The Entity that a gateway calls so. */
  Iri entity(String called) {
    return called.indexOf(':') >= 0
        ? CompactJson.iri(called, "What is managed")
        : new Iri(gateway.value() + "/" + CompactJson.name(called, "What is managed"));
  }

  /** What the gateway calls an Entity. */
  String called(Iri entity) {
    String below = gateway.value() + "/";
    String rest = entity.value().startsWith(below) ? entity.value().substring(below.length()) : "";
    return CompactJson.isName(rest) ? rest : entity.value();
  }

  /** The ValueObject of a property. */
  static Iri value(Iri entity, String property) {
    return new Iri(prefix(entity) + CompactJson.name(property, "A property of " + entity.value()));
  }

  /** What the ValueObjects of an Entity begin with, and end with the property's name. */
  static String prefix(Iri entity) {
    return entity.value() + (entity.value().indexOf('#') < 0 ? "#" : ".");
  }
}
