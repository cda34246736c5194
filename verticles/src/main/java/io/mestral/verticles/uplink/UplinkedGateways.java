package io.mestral.verticles.uplink;

import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/** Gateways that are connected here, while those who ask may be behind another node. */
public record UplinkedGateways(GatewayLink here, Supplier<Uplink> uplink) implements GatewayLink {
  @Override
  public boolean isHere(String gateway) {
    return here.isHere(gateway);
  }

  @Override
  public void send(String gateway, Asked message, Duration expiry, Receipt receipt) {
    here.send(gateway, message, expiry, receipt);
  }

  @Override
  public Future<Message> understood(String gateway, Message said, Asked asked) {
    return here.understood(gateway, said, asked);
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri node) {
    if (!client.principal().equals(Principal.MANAGER.name()))
      return here.tell(client, message, node);
    uplink.get().tell(client.iri(), message, node);
    return Future.succeededFuture(true);
  }
}
