package io.mestral.routing.request.open;

import io.mestral.smartapi.rdf.Iri;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests that ended, by their names and numbers, until they are forgotten. */
final class ClosedRequests {
  private final Map<Iri, ClosedRequest> byName = new LinkedHashMap<>();
  private final Map<Long, ClosedRequest> byProcess = new HashMap<>();

  void add(ClosedRequest one) {
    byName.put(one.name(), one);
    byProcess.put(one.process(), one);
  }

  Optional<ClosedRequest> named(Iri name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<ClosedRequest> numbered(long process) {
    return Optional.ofNullable(byProcess.get(process));
  }

  /** Lets go of those whose time is over, and of their records. */
  void forgetUntil(Instant now, RequestLog log) {
    Iterator<ClosedRequest> all = byName.values().iterator();
    while (all.hasNext()) {
      ClosedRequest one = all.next();
      if (now.isBefore(one.until())) continue;
      all.remove();
      byProcess.remove(one.process());
      log.release(one.place());
    }
  }
}
