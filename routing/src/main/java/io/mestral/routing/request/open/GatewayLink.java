package io.mestral.routing.request.open;

import io.mestral.model.mqtt.Receipt;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import java.time.Duration;

/** The way to gateways that are connected here. */
public interface GatewayLink {
  /** Whether it is connected and listens for messages now. */
  boolean isHere(String gateway);

  /**
   * Sends it a message.
   *
   * @param expiry how long the message is good
   * @param receipt hears what becomes of it
   */
  void send(String gateway, Graph message, Iri node, Duration expiry, Receipt receipt);

  /** Tells a client what became of its request, after it was answered with a Status. */
  void tell(Client client, Graph message, Iri node);

  /**
   * Who asked.
   *
   * @param iri what it calls itself
   * @param principal the name of whom it speaks for
   */
  record Client(Iri iri, String principal) {}
}
