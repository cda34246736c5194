package io.mestral.verticles.uplink.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** JSON in gzip, as messages between nodes are. */
public final class PackedJson {
  private static final int DEEPEST = 32;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();
  private static final ObjectMapper JSON = new ObjectMapper(FACTORY);

  private PackedJson() {}

  /** Writes one value. */
  @FunctionalInterface
  public interface Writer {
    /** Into the generator, which fails never: it writes to memory. */
    void to(JsonGenerator out) throws IOException;
  }

  /** What a writer writes, packed. */
  public static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes);
        JsonGenerator out = FACTORY.createGenerator(packed)) {
      writer.to(out);
    } catch (IOException never) {
      throw new UncheckedIOException("memory takes everything", never);
    }
    return bytes.toByteArray();
  }

  /** A tree, packed. */
  public static byte[] write(JsonNode tree) {
    return write(out -> JSON.writeTree(out, tree));
  }

  /**
   * The object that was packed, if it says that it is of this version of its format.
   *
   * @param largest bytes of JSON
   */
  public static JsonNode read(byte[] bytes, int version, int largest) throws Unreadable {
    try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] json = packed.readNBytes(largest + 1);
      if (json.length > largest) throw new Unreadable("more than " + largest + " bytes");
      JsonNode root = JSON.readTree(json);
      if (!root.isObject()) throw new Unreadable("no JSON object");
      if (!root.path("version").isIntegralNumber()) throw new Unreadable("no number as version");
      if (root.path("version").asLong() != version)
        throw new Unreadable(
            "version %s of the format, where %d is known".formatted(root.path("version"), version));
      return root;
    } catch (IOException broken) {
      throw new Unreadable("no JSON in gzip: " + broken.getClass().getSimpleName());
    }
  }
}
