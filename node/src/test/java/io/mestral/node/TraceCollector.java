package io.mestral.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Takes traces by OTLP over HTTP, in Protocol Buffers. */
final class TraceCollector implements AutoCloseable {
  private static final int LENGTH_DELIMITED = 2;

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  /** What of a span is looked at; its parent is empty for the first of a trace. */
  record Span(String trace, String id, String parent, String name) {}

  TraceCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          boolean isPacked =
              "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          byte[] body =
              isPacked
                  ? new GZIPInputStream(exchange.getRequestBody()).readAllBytes()
                  : exchange.getRequestBody().readAllBytes();
          // ExportTraceServiceRequest.resource_spans.scope_spans.spans
          parts(body, 1, resource -> parts(resource, 2, scope -> parts(scope, 2, this::add)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All that came so far. */
  List<Span> spans() {
    return spans;
  }

  private void add(byte[] span) {
    String[] found = {"", "", "", ""};
    fields(
        span,
        (number, value) -> {
          switch (number) {
            case 1 -> found[0] = HexFormat.of().formatHex(value);
            case 2 -> found[1] = HexFormat.of().formatHex(value);
            case 4 -> found[2] = HexFormat.of().formatHex(value);
            case 5 -> found[3] = new String(value, StandardCharsets.UTF_8);
            default -> {
              // not looked at
            }
          }
        });
    spans.add(new Span(found[0], found[1], found[2], found[3]));
  }

  private static void parts(byte[] message, int wanted, Consumer<byte[]> each) {
    fields(
        message,
        (number, value) -> {
          if (number == wanted) each.accept(value);
        });
  }

  /** Every field that has a length. */
  private static void fields(byte[] message, BiConsumer<Integer, byte[]> each) {
    ByteBuffer rest = ByteBuffer.wrap(message);
    while (rest.hasRemaining()) {
      long tag = varint(rest);
      switch ((int) tag & 7) {
        case 0 -> varint(rest);
        case 1 -> rest.getLong();
        case 5 -> rest.getInt();
        case LENGTH_DELIMITED -> {
          byte[] value = new byte[(int) varint(rest)];
          rest.get(value);
          each.accept((int) tag >>> 3, value);
        }
        default -> throw new IllegalStateException("no such kind of field: " + tag);
      }
    }
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = from.get();
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
