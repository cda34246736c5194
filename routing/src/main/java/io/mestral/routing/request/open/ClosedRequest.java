package io.mestral.routing.request.open;

import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.rdf.Iri;
import java.time.Instant;

/**
 * A request that ended, as it is remembered; its answer is in the log.
 *
 * @param until when it is forgotten
 */
record ClosedRequest(
    long process, Iri name, Client asker, byte[] digest, Instant until, RequestLog.Place place) {
  static ClosedRequest of(LogRecord.Closed record, RequestLog.Place place) {
    return new ClosedRequest(
        record.process(),
        new Iri(record.request()),
        new Client(new Iri(record.sender()), record.principal()),
        record.digest().getBytes(),
        record.until(),
        place);
  }
}
