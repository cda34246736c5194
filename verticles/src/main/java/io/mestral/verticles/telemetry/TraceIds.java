package io.mestral.verticles.telemetry;

import io.mestral.smartapi.rdf.Iri;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Identifiers of traces and spans that follow from the request: every node on its way knows the
 * same ones, and nothing has to be carried along. The trace of {@code urn:uuid:…} has that UUID.
 */
final class TraceIds implements IdGenerator {
  private static final String UUID_URN = "urn:uuid:";
  private static final int SPAN_BYTES = 8;

  /** What the span that is begun next on this thread is called. */
  private final ThreadLocal<String> nextTrace = new ThreadLocal<>();

  private final ThreadLocal<String> nextSpan = new ThreadLocal<>();

  /** The trace of a request. */
  static String trace(Iri request) {
    String text = request.value();
    if (text.startsWith(UUID_URN)) {
      try {
        UUID uuid = UUID.fromString(text.substring(UUID_URN.length()));
        String id =
            TraceId.fromLongs(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        if (TraceId.isValid(id)) return id;
      } catch (IllegalArgumentException noUuid) {
        // as any other IRI then
      }
    }
    return hashed(text, TraceId.getLength() / 2);
  }

  /** What a node does about a request. */
  static String at(Iri request, String node) {
    return hashed(request.value() + " at " + node, SPAN_BYTES);
  }

  /** That a request is passed on to a gateway. */
  static String to(Iri request, String gateway) {
    return hashed(request.value() + " to " + gateway, SPAN_BYTES);
  }

  private static String hashed(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never); // every JDK has it
    }
  }

  /** The next span of this thread has these identifiers. */
  void next(String trace, String span) {
    nextTrace.set(trace);
    nextSpan.set(span);
  }

  @Override
  public String generateTraceId() {
    return taken(nextTrace, TraceId.getInvalid(), IdGenerator.random()::generateTraceId);
  }

  @Override
  public String generateSpanId() {
    return taken(nextSpan, SpanId.getInvalid(), IdGenerator.random()::generateSpanId);
  }

  private static String taken(
      ThreadLocal<String> next, String invalid, Supplier<String> otherwise) {
    String id = next.get();
    next.remove();
    return id == null || id.equals(invalid) ? otherwise.get() : id;
  }
}
