package io.mestral.routing.request;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Requests of late and what they were answered with, so that a repeated one isn't carried out again
 * (Smart API, section 8.1, idempotence). It is for one thread, and forgets the oldest first when
 * its answers become too many bytes. Small answers, which are many, are kept as text: the garbage
 * collector would have to walk their graphs.
 */
final class RecentRequests {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int SMALL = 500; // triples
  private static final int TRIPLE = 150; // bytes, about

  private final Map<Iri, Answered> answers = new LinkedHashMap<>();
  private final long mostBytes;
  private final Clock clock;
  private final NTriplesWriter writer = new NTriplesWriter();
  private long bytes;

  /** With room for answers of so many bytes together. */
  RecentRequests(long mostBytes, Clock clock) {
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  private static final class Answered {
    private final byte[] digest;
    private final Instant at;
    private Supplier<Future<Message>> answer;
    private boolean isComplete;
    private int size;

    Answered(byte[] digest, Instant at, Future<Message> answer) {
      this.digest = digest;
      this.at = at;
      this.answer = () -> answer;
    }
  }

  /**
   * What a Request is answered with that came before; empty when it is new, or has no name. Fails
   * with ConflictError when its IRI was another Request's.
   */
  Optional<Future<Message>> known(Request request, byte[] digest) {
    forgetOld();
    return request
        .iri()
        .map(answers::get)
        .map(
            before ->
                Arrays.equals(before.digest, digest)
                    ? before.answer.get()
                    : Future.failedFuture(RequestDigest.conflict(request)));
  }

  /** Remembers what one is answered with. What isn't answered isn't remembered. */
  Future<Message> keep(Request request, byte[] digest, Future<Message> answer) {
    return request.iri().isEmpty() ? answer : first(request.iri().get(), digest, answer);
  }

  private Future<Message> first(Iri name, byte[] digest, Future<Message> answer) {
    Answered fresh = new Answered(digest, clock.instant(), answer);
    answers.put(name, fresh);
    answer
        .onSuccess(
            message -> {
              keep(fresh, message);
              makeRoom();
            })
        .onFailure(cause -> answers.remove(name, fresh));
    return answer;
  }

  private void keep(Answered fresh, Message message) {
    fresh.isComplete = true;
    fresh.size = message.graph().size() * TRIPLE;
    if (message.graph().size() <= SMALL) {
      byte[] document = writer.write(message.graph());
      fresh.size = document.length;
      fresh.answer = () -> Future.succeededFuture(read(document));
    }
    bytes += fresh.size;
  }

  private static Message read(byte[] document) {
    return new MessageReader().read(document, Syntax.N_TRIPLES).message();
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(REMEMBERED);
    Iterator<Answered> all = answers.values().iterator();
    while (all.hasNext()) {
      Answered one = all.next();
      if (one.at.isAfter(oldest)) return;
      if (one.isComplete) {
        bytes -= one.size;
        all.remove();
      }
    }
  }

  private void makeRoom() {
    Iterator<Answered> all = answers.values().iterator();
    while (bytes > mostBytes && all.hasNext()) {
      Answered one = all.next();
      if (one.isComplete) {
        bytes -= one.size;
        all.remove();
      }
    }
  }
}
