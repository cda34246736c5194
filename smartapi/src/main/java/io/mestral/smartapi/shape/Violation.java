package io.mestral.smartapi.shape;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import java.util.Optional;

/**
 * Something in a message that isn't as it has to be.
 *
 * @param node what it is about
 * @param place how a person finds the node: its IRI, or the way to it from the nearest node that
 *     has one, such as {@code <urn:uuid:…> smartapi:activity smartapi:temporalContext}
 * @param property the property that is wrong; nothing when it is the node as a whole
 * @param value the value that is wrong; nothing when it is their number
 * @param wanted what is allowed, in words
 */
public record Violation(
    Resource node, String place, Optional<Iri> property, Optional<Term> value, String wanted) {
  private static final int MOST_SHOWN = 100;

  /** The violation in a sentence for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("At ").append(place).append(": ");
    property.map(Names::compact).ifPresent(text::append);
    value.map(Violation::shown).ifPresent(one -> text.append(" is ").append(one));
    return text.append(property.isPresent() ? ", allowed: " : "wanted: ")
        .append(wanted)
        .append('.')
        .toString();
  }

  private static String shown(Term term) {
    String text = Names.compact(term);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
