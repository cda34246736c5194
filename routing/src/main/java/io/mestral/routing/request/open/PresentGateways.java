package io.mestral.routing.request.open;

import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.presence.Presence;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Takes gateways for away that are lost by their silence, though their connections stand.
 *
 * @param link the way to all of them
 */
public record PresentGateways(GatewayLink link, Presence presence) implements GatewayLink {
  @Override
  public boolean isHere(String gateway) {
    return presence.of(gateway) != Presence.State.LOST && link.isHere(gateway);
  }

  @Override
  public void send(String gateway, Asked message, Duration expiry, Receipt receipt) {
    link.send(gateway, message, expiry, receipt);
  }

  @Override
  public Future<Message> understood(String gateway, Message said, Asked asked) {
    return link.understood(gateway, said, asked);
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri node) {
    return link.tell(client, message, node);
  }
}
