package io.mestral.routing.request.subscription;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.HashAlgorithm;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Subscription;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.smartapi.value.Parameters;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One Subscription, as an Entity that only its owner sees, and what was told of it lately. Belongs
 * to one event loop.
 */
final class Standing {
  static final int MOST_WAITING = 10_000;
  private static final int REMEMBERED = 1_000;
  private static final int TRIES = 3;
  private static final Duration TRIED = Duration.ofMinutes(10);
  private static final String REQUEST = "request";
  private static final String PRINCIPAL = "principal";

  private final Iri name;
  private final Received request;
  private final String principal;
  private final Optional<Instant> end;
  private final Set<Iri> waiting = new LinkedHashSet<>();
  private final Deque<Instant> misses = new ArrayDeque<>();
  private final Map<Resource, byte[]> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Resource, byte[]> eldest) {
          return size() > REMEMBERED;
        }
      };
  private boolean isBusy;

  private Standing(Iri name, Received request, String principal, Optional<Instant> end) {
    this.name = name;
    this.request = request;
    this.principal = principal;
    this.end = end;
  }

  /** The Entity that a Subscription is kept as. */
  static Entity entity(Iri name, Request request, String principal) {
    Graph.Builder graph = Graph.builder();
    graph.add(name, Rdf.TYPE, Types.SUBSCRIPTION);
    end(request).ifPresent(end -> graph.add(name, Gr.VALID_THROUGH, Literal.of(end)));
    String document =
        new String(new NTriplesWriter().write(request.graph()), StandardCharsets.UTF_8);
    Parameters.write(graph, name, REQUEST, List.of(Literal.of(document)));
    Parameters.write(graph, name, PRINCIPAL, List.of(Literal.of(principal)));
    Blank needed = new Blank();
    graph
        .add(name, Sx.AUTHORIZATION, needed)
        .add(needed, Rdf.TYPE, Types.AUTHORIZATION)
        .add(needed, Sx.RESOURCE, name);
    return Entity.at(graph.build(), name);
  }

  /** Reads what {@link #entity} wrote. */
  static Standing of(Entity kept) {
    Parameters says = Parameters.read(kept.graph(), kept.node());
    String document = says.value(REQUEST).map(Variant::asString).orElseThrow();
    return new Standing(
        kept.iri().orElseThrow(),
        new MessageReader().read(document.getBytes(StandardCharsets.UTF_8), Syntax.N_TRIPLES),
        says.value(PRINCIPAL).map(Variant::asString).orElseThrow(),
        kept.as(Subscription::at).validThrough());
  }

  /** When it shall end: {@code gr:validThrough} of the Activity, or of the Request without one. */
  static Optional<Instant> end(Request request) {
    List<Activity> activities = request.activities();
    return activities.isEmpty()
        ? request.as(Subscription::at).validThrough()
        : activities.get(0).as(Subscription::at).validThrough();
  }

  Iri name() {
    return name;
  }

  Received received() {
    return request;
  }

  Request request() {
    return (Request) request.message();
  }

  Iri sender() {
    return request().generatedBy().orElseThrow();
  }

  String principal() {
    return principal;
  }

  boolean isOver(Instant now) {
    return end.filter(one -> !now.isBefore(one)).isPresent();
  }

  /** The Entities that it names; empty when one of its templates names none. */
  Set<Iri> names() {
    List<Entity> templates =
        request().activities().isEmpty()
            ? request().entities()
            : request().activities().get(0).entities();
    Set<Iri> names = new LinkedHashSet<>();
    for (Entity one : templates) {
      if (one.iri().isEmpty()) return Set.of();
      names.add(one.iri().get());
    }
    return names;
  }

  /** Has something looked at; false when it is looked at soon anyhow. */
  boolean awaits(Iri changed) {
    if (waiting.size() < MOST_WAITING) waiting.add(changed);
    return !isBusy && waiting.size() == 1;
  }

  /** What is to be looked at now; nothing as long as somebody looks. */
  Collection<Iri> take(int most) {
    if (isBusy) return List.of();
    List<Iri> some = waiting.stream().limit(most).toList();
    some.forEach(waiting::remove);
    isBusy = !some.isEmpty();
    return some;
  }

  /** Whether there is more to be looked at. */
  boolean done() {
    isBusy = false;
    return !waiting.isEmpty();
  }

  /** Those that aren't as they were told last. */
  List<Entity> news(List<Entity> now) {
    List<Entity> news = new ArrayList<>();
    for (Entity one : now) {
      byte[] says =
          HashAlgorithm.SHA_256.of(Canonical.form(Entity.at(one.graph(), one.node()).closure()));
      byte[] before = told.put(one.node(), says);
      if (!Arrays.equals(before, says)) news.add(one);
    }
    return news;
  }

  void forget(Iri gone) {
    told.remove(gone);
  }

  /** Nobody was there; true when that is so for the third time in ten minutes. */
  boolean missed(Instant now) {
    misses.addLast(now);
    while (misses.getFirst().isBefore(now.minus(TRIED))) misses.removeFirst();
    return misses.size() >= TRIES;
  }

  void heard() {
    misses.clear();
  }
}
