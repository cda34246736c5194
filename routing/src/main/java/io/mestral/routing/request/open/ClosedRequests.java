package io.mestral.routing.request.open;

import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that ended, by their names and numbers, until they are forgotten. */
final class ClosedRequests {
  private final Map<Iri, ClosedRequest> byName = new LinkedHashMap<>();
  private final Map<Long, ClosedRequest> byProcess = new HashMap<>();
  private final RequestLog log;

  /** None yet; their records are in this log. */
  ClosedRequests(RequestLog log) {
    this.log = log;
  }

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

  /** What one of them was answered with. */
  Future<Message> answerOf(ClosedRequest one) {
    return log.read(one.place())
        .map(
            found ->
                LogRecord.message(((LogRecord.Closed) found.orElseThrow()).document()).message());
  }

  /**
   * Those of whoever speaks for a principal that ended last, in the order of their ends: for one
   * who can't know that it was told of them before the node stopped.
   */
  Future<List<Ended>> last(String principal, int most) {
    List<ClosedRequest> all =
        byName.values().stream().filter(one -> one.asker().principal().equals(principal)).toList();
    List<Ended> ended = new ArrayList<>();
    return Steps.forEach(
            all.subList(Math.max(0, all.size() - most), all.size()),
            one ->
                answerOf(one)
                    .<Void>map(
                        answer -> {
                          ended.add(new Ended(one.asker().iri(), answer));
                          return null;
                        }))
        .map(done -> ended);
  }

  /** Lets go of those whose time is over, and of their records. */
  void forgetUntil(Instant now) {
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
