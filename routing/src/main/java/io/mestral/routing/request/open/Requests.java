package io.mestral.routing.request.open;

import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.rdf.Iri;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** All requests that are open, by their names and numbers, as they are and as the log has them. */
final class Requests {
  private final Map<Iri, OpenRequest> byName = new LinkedHashMap<>();
  private final Map<Long, OpenRequest> byProcess = new HashMap<>();
  private final RequestLog log;
  private final ClosedRequests closed;

  /** None yet. */
  Requests(RequestLog log, ClosedRequests closed) {
    this.log = log;
    this.closed = closed;
  }

  int size() {
    return byName.size();
  }

  /** Those that are open now, the oldest first. */
  List<OpenRequest> open() {
    return List.copyOf(byName.values());
  }

  Optional<OpenRequest> named(Iri name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<OpenRequest> numbered(long process) {
    return Optional.ofNullable(byProcess.get(process));
  }

  boolean has(OpenRequest request) {
    return byProcess.containsKey(request.process());
  }

  /** A number that no request has, open or ended. */
  long newProcess() {
    long process;
    do process = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    while (byProcess.containsKey(process) || closed.numbered(process).isPresent());
    return process;
  }

  void add(OpenRequest request) {
    byName.put(request.name(), request);
    byProcess.put(request.process(), request);
  }

  /** Forgets one, as if it had never been. */
  void remove(OpenRequest request) {
    byName.remove(request.name());
    byProcess.remove(request.process());
  }

  /** One is over: what was written of it isn't needed any more. */
  void end(long process) {
    OpenRequest gone = byProcess.remove(process);
    if (gone == null) return;
    byName.remove(gone.name());
    gone.places().forEach(log::release);
  }

  /** Takes up what stands in a record. */
  void restore(LogRecord record, RequestLog.Place place) {
    if (record instanceof LogRecord.Opened one) {
      Received received = LogRecord.message(one.document());
      OpenRequest request =
          new OpenRequest(one.process(), received, one.principal(), one.expires());
      one.gateways().forEach(request::leg);
      if (one.isEncrypted()) request.encrypted();
      request.written(place);
      request.deferred(); // whoever asked isn't waiting any more
      add(request);
    } else if (record instanceof LogRecord.Closed one) {
      end(one.process());
      closed.add(ClosedRequest.of(one, place));
    } else {
      restorePart(record, place);
    }
  }

  private void restorePart(LogRecord record, RequestLog.Place place) {
    OpenRequest request = byProcess.get(record.process());
    if (request == null) {
      log.release(place);
      return;
    }
    request.written(place);
    if (record instanceof LogRecord.Answered one)
      request.leg(one.gateway()).answered(LogRecord.message(one.document()).message());
    else if (record instanceof LogRecord.Acknowledged one)
      request.leg(one.gateway()).become(Leg.State.ACKNOWLEDGED);
  }
}
