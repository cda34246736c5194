package io.mestral.verticles.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimestampTextTest {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  @Test
  void aSecondIsWrittenAsThePlatformWritesIt() {
    assertThat(text(new TimestampText(), Instant.parse("2026-02-03T10:05:09Z").getEpochSecond()))
        .isEqualTo("2026-02-03 10:05:09 UTC");
  }

  @Property(tries = 200)
  void oneWriterWritesManyDays(
      @ForAll @Size(10)
          java.util.List<@LongRange(min = -62_167_219_200L, max = 253_402_300_799L) Long> seconds) {
    TimestampText writer = new TimestampText();
    for (long second : seconds)
      assertThat(text(writer, second)).isEqualTo(FORM.format(Instant.ofEpochSecond(second)));
  }

  private static String text(TimestampText writer, long second) {
    byte[] into = new byte[TimestampText.LENGTH];
    assertThat(writer.write(second, into, 0)).isEqualTo(TimestampText.LENGTH);
    return new String(into, StandardCharsets.US_ASCII);
  }
}
