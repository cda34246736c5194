package io.mestral.routing.request.open;

import io.mestral.model.mqtt.Receipt;
import io.mestral.smartapi.dialect.Dialect;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** The way to gateways that are connected here, and to clients. */
public interface GatewayLink extends ClientLink {
  /** Whether it is connected and listens for messages now. */
  boolean isHere(String gateway);

  /**
   * A Request that gateways have a part in.
   *
   * @param message as it is passed on
   * @param name its IRI
   * @param principal the name of whom its sender speaks for
   * @param expires when it ends
   */
  record Asked(Graph message, Iri name, String principal, Instant expires) {
    /** What it says, in our own terms. */
    public Request request() {
      return Request.at(Dialect.normalise(message), name);
    }
  }

  /**
   * Sends it a message.
   *
   * @param expiry how long the message is good
   * @param receipt hears what becomes of it
   */
  void send(String gateway, Asked message, Duration expiry, Receipt receipt);

  /**
   * What a gateway says to a Request, in the Smart API's terms: as it is, unless the link has
   * translated the Request for it. Fails when it can't be told.
   */
  default Future<Message> understood(String gateway, Message said, Asked asked) {
    return Future.succeededFuture(said);
  }

  /**
   * Who asked.
   *
   * @param iri what it calls itself
   * @param principal the name of whom it speaks for
   */
  record Client(Iri iri, String principal) {}
}
