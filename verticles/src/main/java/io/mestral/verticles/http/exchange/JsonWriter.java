package io.mestral.verticles.http.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes JSON in the platform's manner: keys in the order given, times in whole seconds of UTC,
 * what is absent as {@code null}, and numbers JSON doesn't know as {@code null} too.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new ObjectMapper().getFactory();

  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /** Everything that {@code content} writes. */
  public static Buffer write(Consumer<JsonWriter> content) {
    Buffer buffer = Buffer.buffer(512);
    try (JsonGenerator out = FACTORY.createGenerator(new BufferStream(buffer))) {
      content.accept(new JsonWriter(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer;
  }

  /** An object that stands alone or in an array. */
  public JsonWriter object(Runnable members) {
    return step(
        () -> {
          out.writeStartObject();
          members.run();
          out.writeEndObject();
        });
  }

  /** A member that is an object. */
  public JsonWriter object(String name, Runnable members) {
    return step(() -> out.writeFieldName(name)).object(members);
  }

  /** An array that stands alone or in an array. */
  public JsonWriter array(Runnable elements) {
    return step(
        () -> {
          out.writeStartArray();
          elements.run();
          out.writeEndArray();
        });
  }

  /** A member that is an array. */
  public JsonWriter array(String name, Runnable elements) {
    return step(() -> out.writeFieldName(name)).array(elements);
  }

  /** A member that is an array whose elements are JSON already, with commas between them. */
  public JsonWriter array(String name, String elements) {
    return step(
        () -> {
          out.writeFieldName(name);
          out.writeRawValue("[");
          out.writeRaw(elements);
          out.writeRaw(']');
        });
  }

  /** An element of an array. */
  public JsonWriter element(String text) {
    return step(() -> out.writeString(text));
  }

  /** An element of an array. */
  public JsonWriter element(long number) {
    return step(() -> out.writeNumber(number));
  }

  /** An element of an array; {@code null} unless it is finite. */
  public JsonWriter element(double number) {
    return step(
        () -> {
          if (Double.isFinite(number)) out.writeNumber(number);
          else out.writeNull();
        });
  }

  /** A text. */
  public JsonWriter field(String name, String text) {
    return step(() -> out.writeStringField(name, text));
  }

  /** A whole number. */
  public JsonWriter field(String name, long number) {
    return step(() -> out.writeNumberField(name, number));
  }

  /** A number; {@code null} unless it is finite. */
  public JsonWriter field(String name, double number) {
    return step(() -> out.writeFieldName(name)).element(number);
  }

  /** Yes or no. */
  public JsonWriter field(String name, boolean flag) {
    return step(() -> out.writeBooleanField(name, flag));
  }

  /** A time. */
  public JsonWriter field(String name, Instant time) {
    return field(name, text(time));
  }

  /** A text that may be absent. */
  public JsonWriter field(String name, Optional<String> text) {
    return text.isPresent() ? field(name, text.get()) : nothing(name);
  }

  /** A tree that was read elsewhere. */
  public JsonWriter field(String name, JsonNode tree) {
    return step(() -> out.writePOJOField(name, tree));
  }

  /** A member that is {@code null}. */
  public JsonWriter nothing(String name) {
    return step(() -> out.writeNullField(name));
  }

  /** A time as the platform writes it. */
  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private JsonWriter step(Step step) {
    try {
      step.take();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  private static final class BufferStream extends OutputStream {
    private final Buffer buffer;

    BufferStream(Buffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(int b) {
      buffer.appendByte((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.appendBytes(bytes, offset, length);
    }
  }
}
