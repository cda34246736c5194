package io.mestral.routing.request.open;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is written down of a request, in the journal's stream {@code smartapi}, version 1. */
sealed interface LogRecord {
  int VERSION = 1;

  /** The number that it is asked for by, {@code smartapi:processID}. */
  long process();

  /**
   * A request was accepted.
   *
   * @param isEncrypted whether it came so
   * @param document N-Triples as it is passed on
   */
  record Opened(
      long process,
      String principal,
      Instant expires,
      List<String> gateways,
      boolean isEncrypted,
      Buffer document)
      implements LogRecord {}

  /**
   * A part of the answer came; of this node itself where the gateway has no name.
   *
   * @param document N-Triples
   */
  record Answered(long process, String gateway, Buffer document) implements LogRecord {}

  /** A gateway has the request. */
  record Acknowledged(long process, String gateway) implements LogRecord {}

  /**
   * It ended; nothing else that was written of it is needed.
   *
   * @param principal the name of whom its sender spoke for
   * @param digest of the request
   * @param until when it is forgotten
   * @param document the answer, N-Triples
   */
  record Closed(
      long process,
      String request,
      String sender,
      String principal,
      Buffer digest,
      Instant until,
      Buffer document)
      implements LogRecord {}

  /** A message as it stands in a record. */
  static Buffer document(Graph graph) {
    return Buffer.buffer(new NTriplesWriter().write(graph));
  }

  /** What stands in a record as {@link #document} wrote it. */
  static Received message(Buffer document) {
    return new MessageReader().read(document.getBytes(), Syntax.N_TRIPLES);
  }

  /** As bytes. */
  default Buffer encoded() {
    Buffer out = Buffer.buffer().appendByte((byte) VERSION);
    if (this instanceof Opened one) {
      text(out.appendByte((byte) (one.isEncrypted ? 5 : 1)).appendLong(one.process), one.principal)
          .appendLong(one.expires.toEpochMilli())
          .appendInt(one.gateways.size());
      one.gateways.forEach(gateway -> text(out, gateway));
      bytes(out, one.document);
    } else if (this instanceof Answered one) {
      bytes(text(out.appendByte((byte) 2).appendLong(one.process), one.gateway), one.document);
    } else if (this instanceof Acknowledged one) {
      text(out.appendByte((byte) 3).appendLong(one.process), one.gateway);
    } else if (this instanceof Closed one) {
      text(text(out.appendByte((byte) 4).appendLong(one.process), one.request), one.sender);
      text(out, one.principal);
      bytes(out, one.digest).appendLong(one.until.toEpochMilli());
      bytes(out, one.document);
    }
    return out;
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IllegalArgumentException if it is of a version, or a kind, that isn't known
   */
  static LogRecord decoded(Buffer in) {
    if (in.length() < 10 || in.getByte(0) != VERSION)
      throw new IllegalArgumentException("a record of another version");
    Cursor cursor = new Cursor(in);
    long process = in.getLong(2);
    return switch (in.getByte(1)) {
      case 1, 5 ->
          new Opened(
              process,
              cursor.text(),
              cursor.time(),
              cursor.texts(),
              in.getByte(1) == 5,
              cursor.bytes());
      case 2 -> new Answered(process, cursor.text(), cursor.bytes());
      case 3 -> new Acknowledged(process, cursor.text());
      case 4 ->
          new Closed(
              process,
              cursor.text(),
              cursor.text(),
              cursor.text(),
              cursor.bytes(),
              cursor.time(),
              cursor.bytes());
      default -> throw new IllegalArgumentException("a record of kind " + in.getByte(1));
    };
  }

  private static Buffer text(Buffer out, String text) {
    return bytes(out, Buffer.buffer(text));
  }

  private static Buffer bytes(Buffer out, Buffer bytes) {
    return out.appendInt(bytes.length()).appendBuffer(bytes);
  }

  /** Reads one field after the other; behind version, kind and number. */
  final class Cursor {
    private final Buffer in;
    private int at = 10;

    private Cursor(Buffer in) {
      this.in = in;
    }

    private Buffer bytes() {
      int length = in.getInt(at);
      Buffer read = in.getBuffer(at + 4, at + 4 + length);
      at += 4 + length;
      return read;
    }

    private String text() {
      return bytes().toString(StandardCharsets.UTF_8);
    }

    private Instant time() {
      at += 8;
      return Instant.ofEpochMilli(in.getLong(at - 8));
    }

    private List<String> texts() {
      int count = in.getInt(at);
      at += 4;
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) texts.add(text());
      return texts;
    }
  }
}
