package io.mestral.verticles.uplink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.reading.Samples;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchFormatTest {
  private static final UUID ROOF = UUID.fromString("5f6f4f5e-6ba1-4a0c-8a0f-2f4f0f8a9c11");
  private static final UUID WARMTH = UUID.fromString("384e46a2-80dd-481e-a9fc-cfbd512f9f43");
  private static final DeviceNote NOTE =
      new DeviceNote(
          ROOF,
          0, // the first version said nothing of it
          "Roof",
          OptionalDouble.of(41.39),
          OptionalDouble.of(2.18),
          Optional.of("outdoor"),
          true);

  /** As version 1 writes it, with members that later versions may add. */
  private static final String FIRST =
      """
      {"version":1,"epoch":7,"number":3,"later":{"x":[1]},
       "device":{"uuid":"5f6f4f5e-6ba1-4a0c-8a0f-2f4f0f8a9c11","name":"Roof",
        "latitude":41.39,"longitude":2.18,"exposure":"outdoor","is_private":true,"colour":"red"},
       "series":[{"sensor":"384e46a2-80dd-481e-a9fc-cfbd512f9f43",
        "times":[1770112800,60,1],"values":[19.72,-0.1,1.0E-300],"quality":"good"}]}""";

  private static ReadingBatch batch(Samples samples) {
    return new ReadingBatch(7, 3, NOTE, Map.of(WARMTH, samples));
  }

  private static Samples three() {
    return new Samples(
        new long[] {1770112800, 1770112860, 1770112861}, new double[] {19.72, -0.1, 1e-300}, 3);
  }

  private static Buffer packed(String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  @Test
  void whatIsWrittenIsReadAgainToTheLastBit() throws Exception {
    Samples odd =
        new Samples(
            new long[] {0, 1, 4_000_000_000L},
            new double[] {Math.PI, Double.MIN_VALUE, -Double.MAX_VALUE},
            3);
    ReadingBatch read = BatchFormat.read(BatchFormat.write(batch(odd)));
    assertThat(read).isEqualTo(batch(odd));
    assertThat(read.size()).isEqualTo(3);
    DeviceNote numbered =
        new DeviceNote(
            ROOF,
            4711,
            "Roof",
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            false);
    ReadingBatch other = new ReadingBatch(7, 4, numbered, Map.of(WARMTH, odd));
    assertThat(BatchFormat.read(BatchFormat.write(other))).isEqualTo(other);
  }

  @Test
  void theFirstVersionIsReadForEver() throws Exception {
    assertThat(BatchFormat.read(packed(FIRST))).isEqualTo(batch(three()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\":1', '\"version\":2', version 2 of the format",
    "'60,1]', '60,0]', times that don't ascend",
    "'60,1]', '60,1.5]', a time that is no whole number",
    "'60,1]', '60]', as many values as times",
    "'-0.1', '\"NaN\"', a value that is no number",
    "'384e46a2', 'x', no UUID as sensor",
    "'\"Roof\"', '\" \"', a device without name",
    "'41.39', '91', latitude is no angle",
    "'\"series\"', '\"lists\"', no list of series",
    "'\"epoch\":7', '\"epoch\":\"7\"', no number as epoch",
  })
  void whatIsWrongIsNamed(String part, String other, String why) throws Exception {
    Buffer broken = packed(FIRST.replace(part, other));
    assertThatThrownBy(() -> BatchFormat.read(broken))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsNotPackedOrCutOffIsNoBatch() {
    Buffer whole = BatchFormat.write(batch(three()));
    assertThatThrownBy(() -> BatchFormat.read(Buffer.buffer("{}")))
        .hasMessageContaining("no JSON in gzip");
    assertThatThrownBy(() -> BatchFormat.read(whole.slice(0, whole.length() / 2)))
        .hasMessageContaining("no JSON in gzip");
  }
}
