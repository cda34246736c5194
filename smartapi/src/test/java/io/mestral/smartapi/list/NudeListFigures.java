package io.mestral.smartapi.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.mestral.smartapi.rdf.Blank;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Measures a NudeList of a million doubles against Jackson alone, in CPU time of one thread: the
 * best of some interleaved runs. Run by hand; the first argument may be another number of items.
 */
public final class NudeListFigures {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private NudeListFigures() {}

  /** Prints a line for each kind of number. */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Random random = new Random(1);
    measure("17 digits", random.doubles(count).toArray());
    measure("2 decimals", random.doubles(count).map(d -> Math.rint(d * 4000) / 100).toArray());
    measure("whole", random.doubles(count).map(d -> Math.rint(d * 4000)).toArray());
  }

  private static void measure(String what, double[] numbers) {
    NudeList list = NudeLists.of(numbers);
    String json = list.json();
    long[] best = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
    for (int run = 0; run < 15; run++) {
      keep(best, 0, () -> written(numbers));
      keep(best, 1, list::json);
      keep(best, 2, () -> parsed(json, numbers.length));
      keep(
          best,
          3,
          () ->
              new NudeReader(new Blank(), list.itemType(), List.of())
                  .read(json, Optional.empty())
                  .toDoubles());
    }
    String line =
        String.format(
            Locale.ROOT,
            "%-10s %,d numbers: Jackson writes %d ms, NudeList %d ms (%.2f); Jackson reads %d ms, NudeList %d ms (%.2f)%n",
            what,
            numbers.length,
            best[0] / 1_000_000,
            best[1] / 1_000_000,
            (double) best[1] / best[0],
            best[2] / 1_000_000,
            best[3] / 1_000_000,
            (double) best[3] / best[2]);
    System.out.print(line);
  }

  private static void keep(long[] best, int at, Supplier<Object> work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Object result = work.get();
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    if (result.hashCode() != 0) {
      best[at] = Math.min(best[at], took);
    }
  }

  /** The shortest way from an array to a text with Jackson. */
  private static String written(double[] numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartArray();
      for (double number : numbers) {
        json.writeNumber(number);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The shortest way from a text to an array with Jackson, the length being known. */
  private static double[] parsed(String text, int count) {
    double[] numbers = new double[count];
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      for (int at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) {
        numbers[at] = json.getDoubleValue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }
}
