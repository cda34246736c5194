package io.mestral.verticles.telemetry;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.trail.Follower;
import io.mestral.routing.request.trail.Hop;
import io.mestral.routing.request.trail.Hop.What;
import io.mestral.smartapi.rdf.Iri;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes an OpenTelemetry trace of each Smart API request that has an IRI: a span for each node on
 * its way, and one for each gateway that a node asks. They are sent in batches by OTLP over HTTP;
 * what doesn't fit into the queue, and what can't be sent, is lost.
 */
public final class RequestTraces implements Follower {
  private static final int MOST_OPEN = 20_000;
  private static final long LAST_BATCH_SECONDS = 2;
  private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("smartapi.request");
  private static final AttributeKey<String> NODE = AttributeKey.stringKey("smartapi.node");
  private static final AttributeKey<String> SENDER = AttributeKey.stringKey("smartapi.principal");
  private static final AttributeKey<String> GATEWAY = AttributeKey.stringKey("smartapi.gateway");

  private final Supplier<Iri> self;
  private final Function<String, Optional<Iri>> nodes;
  private final TraceIds ids = new TraceIds();
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<Iri, Way> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Iri, Way> eldest) {
          boolean isOver = size() > MOST_OPEN;
          if (isOver) eldest.getValue().end();
          return isOver;
        }
      };

  /** A request at this node. */
  private record Way(Span here, Map<String, Span> gateways) {
    void end() {
      gateways.values().forEach(Span::end);
      here.end();
    }
  }

  /**
   * Sends them to a collector.
   *
   * @param otlp its URL without {@code /v1/traces}
   * @param self the node's IRI, once it is known
   * @param nodes what a gateway is called that is a node itself
   */
  public RequestTraces(String otlp, Supplier<Iri> self, Function<String, Optional<Iri>> nodes) {
    this.self = self;
    this.nodes = nodes;
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setResource(
                Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "mestral")))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(otlp + "/v1/traces").build())
                    .build())
            .build();
    this.tracer = provider.get("io.mestral.smartapi");
  }

  @Override
  public void noted(Iri request, Hop hop) {
    turn.lock();
    try {
      switch (hop.what()) {
        case RECEIVED, RESUMED -> received(request, hop);
        case SENT -> sent(request, hop);
        case ANSWERED, FAILED, EXPIRED -> answered(request, hop);
        case DONE, ENDED_IN_ERRORS -> ended(request, hop);
        default -> event(request, hop);
      }
    } finally {
      turn.unlock();
    }
  }

  private void received(Iri request, Hop hop) {
    if (open.containsKey(request)) {
      event(request, hop);
      return;
    }
    String node = self.get().value();
    String trace = TraceIds.trace(request);
    ids.next(trace, TraceIds.at(request, node));
    boolean isPassedOn = hop.with().equals(Principal.MANAGER.name());
    Context parent = isPassedOn ? remote(trace, TraceIds.to(request, node)) : Context.root();
    Span span =
        tracer
            .spanBuilder("Smart API request")
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(hop.at())
            .setAttribute(REQUEST, request.value())
            .setAttribute(NODE, node)
            .setAttribute(SENDER, hop.with())
            .startSpan();
    open.put(request, new Way(span, new HashMap<>()));
  }

  private static Context remote(String trace, String span) {
    SpanContext sender =
        SpanContext.createFromRemoteParent(
            trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    return Context.root().with(Span.wrap(sender));
  }

  private void sent(Iri request, Hop hop) {
    Way way = open.get(request);
    if (way == null || way.gateways().containsKey(hop.with())) {
      event(request, hop);
      return;
    }
    String name = nodes.apply(hop.with()).map(Iri::value).orElse(hop.with());
    ids.next(TraceIds.trace(request), TraceIds.to(request, name));
    Span span =
        tracer
            .spanBuilder("to a gateway")
            .setParent(Context.root().with(way.here()))
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(hop.at())
            .setAttribute(NODE, self.get().value())
            .setAttribute(GATEWAY, hop.with())
            .startSpan();
    way.gateways().put(hop.with(), span);
  }

  private void answered(Iri request, Hop hop) {
    Way way = open.get(request);
    Span span = way == null ? null : way.gateways().remove(hop.with());
    if (span == null) {
      event(request, hop);
      return;
    }
    if (hop.what() != What.ANSWERED) span.setStatus(StatusCode.ERROR, word(hop));
    span.end(hop.at());
  }

  private void ended(Iri request, Hop hop) {
    Way way = open.remove(request);
    if (way == null) return;
    way.gateways().values().forEach(one -> one.end(hop.at()));
    if (hop.what() == What.ENDED_IN_ERRORS) way.here().setStatus(StatusCode.ERROR, word(hop));
    way.here().end(hop.at());
  }

  private void event(Iri request, Hop hop) {
    Way way = open.get(request);
    if (way == null) return;
    Span about = way.gateways().getOrDefault(hop.with(), way.here());
    about.addEvent(word(hop), hop.at());
  }

  private static String word(Hop hop) {
    return hop.what().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Sends what waits, for some seconds at most. */
  public void close() {
    provider.shutdown().join(LAST_BATCH_SECONDS, TimeUnit.SECONDS);
  }
}
