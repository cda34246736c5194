package io.mestral.smartapi.message;

import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.unit.QudtFamily;

/**
 * A message that was read.
 *
 * @param message what it says, in our own terms, seen as its class: Request, Response, Notification
 *     or a kind of these
 * @param original the graph as it was sent, which is what proofs are made over and gateways pass
 *     on; the same as the message's where no term had to be read as another
 * @param syntax what it was written in
 * @param jsonLd the form of JSON-LD in which its sender can read an answer
 */
public record Received(Message message, Graph original, Syntax syntax, JsonLdForm jsonLd) {

  /**
   * How its sender writes, and so can read an answer: in its syntax, Turtle where that is only read
   * here, and with units as it names them.
   *
   * @param otherwise how units are named to a sender that named none
   * @return the manner
   */
  public Manner manner(QudtFamily otherwise) {
    Syntax answered = syntax.isWritten() ? syntax : Syntax.TURTLE;
    return new Manner(answered, jsonLd, UnitNames.family(original).orElse(otherwise));
  }
}
