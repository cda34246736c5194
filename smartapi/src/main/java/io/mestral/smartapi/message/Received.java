package io.mestral.smartapi.message;

import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Syntax;

/**
 * A message that was read.
 *
 * @param message what it says, in our own terms, seen as its class: Request, Response, Notification
 *     or a kind of these
 * @param original the graph as it was sent, which is what proofs are made over and gateways pass
 *     on; the same as the message's where no term had to be read as another
 * @param syntax what it was written in
 */
public record Received(Message message, Graph original, Syntax syntax) {}
