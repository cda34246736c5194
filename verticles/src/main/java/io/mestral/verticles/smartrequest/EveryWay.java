package io.mestral.verticles.smartrequest;

import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.open.ClientLink;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All ways to gateways and to clients. A gateway is sent a request over the first way on which it
 * is there; a client is told over all of them.
 *
 * @param gateways the first one is asked what a gateway means that is there on none
 * @param clients ways to clients alone
 */
public record EveryWay(List<GatewayLink> gateways, List<ClientLink> clients)
    implements GatewayLink {
  @Override
  public boolean isHere(String gateway) {
    return gateways.stream().anyMatch(one -> one.isHere(gateway));
  }

  @Override
  public void send(String gateway, Asked message, Duration expiry, Receipt receipt) {
    wayTo(gateway).send(gateway, message, expiry, receipt);
  }

  @Override
  public Future<Message> understood(String gateway, Message said, Asked asked) {
    return wayTo(gateway).understood(gateway, said, asked);
  }

  private GatewayLink wayTo(String gateway) {
    return gateways.stream().filter(one -> one.isHere(gateway)).findFirst().orElse(gateways.get(0));
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri node) {
    List<Future<Boolean>> told =
        Stream.concat(gateways.stream(), clients.stream())
            .map(one -> one.tell(client, message, node))
            .toList();
    return Future.join(told)
        .map(all -> told.stream().anyMatch(Future::result))
        .recover(
            lost ->
                Future.succeededFuture(
                    told.stream().anyMatch(one -> one.succeeded() && one.result())));
  }
}
