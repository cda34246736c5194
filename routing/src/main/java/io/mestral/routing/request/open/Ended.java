package io.mestral.routing.request.open;

import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;

/**
 * A request that ended.
 *
 * @param sender whose it was
 * @param answer that it ended with
 */
public record Ended(Iri sender, Message answer) {}
