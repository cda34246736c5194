package io.mestral.verticles.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An answer whose body is made while it is sent.
 *
 * @param length of the body in bytes, where it is known before
 */
public record StreamedAnswer(
    int status,
    String contentType,
    OptionalLong length,
    Map<String, String> headers,
    Content content) {

  /** The same answer with one more header. */
  public StreamedAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new StreamedAnswer(status, contentType, length, more, content);
  }

  /** What makes the body. Exactly one of the two is called. */
  public interface Content {
    /**
     * Succeeds when the whole body was handed over. A failure cuts the connection, so that nobody
     * takes what was sent for the whole.
     */
    Future<Void> sendTo(Outlet outlet);

    /** Nobody wants the body: only the head was asked for, or the client has gone. */
    default void unwanted() {}
  }

  /** Where the body goes, piece by piece. */
  @FunctionalInterface
  public interface Outlet {
    /**
     * Succeeds when there is room for the next piece. Fails when the client has gone, or takes
     * nothing for too long.
     */
    Future<Void> write(Buffer piece);
  }

  /** What a route with such answers does. */
  @FunctionalInterface
  public interface Source {
    /** As {@link Endpoint#answer}; a failure becomes an ordinary answer. */
    Future<StreamedAnswer> answer(Exchange exchange);
  }
}
