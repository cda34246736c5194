package io.mestral.storage.embedded.readings.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.storage.embedded.readings.series.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlockCodecTest {
  private static final int[] FORMATS = {BlockCodec.STEPS, BlockCodec.RUNS};

  @Provide
  Arbitrary<Double> values() {
    Arbitrary<Double> decimals = Arbitraries.integers().map(whole -> whole / 100.0);
    Arbitrary<Double> floats = Arbitraries.floats().filter(Float::isFinite).map(Float::doubleValue);
    Arbitrary<Double> bits =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> hostile =
        Arbitraries.of(
            -0.0,
            0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            9_007_199_254_740_992.0,
            9_007_199_254_740_994.0,
            0.1 + 0.2,
            1e-9);
    return Arbitraries.frequencyOf(
        Tuple.of(6, decimals), Tuple.of(2, floats), Tuple.of(1, bits), Tuple.of(1, hostile));
  }

  @Provide
  Arbitrary<Long> steps() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 100), Arbitraries.longs().between(1, 1L << 40));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatGoesInComesOutBitForBit(
      @ForAll @Size(min = 1, max = 300) List<@From("values") Double> values,
      @ForAll("steps") long step,
      @ForAll long seed) {
    Random random = new Random(seed);
    long[] times = new long[values.size()];
    double[] column = new double[values.size()];
    long second = random.nextInt() * 50L;
    for (int i = 0; i < times.length; i++) {
      times[i] = second;
      column[i] = values.get(i);
      second += random.nextBoolean() ? step : 1 + random.nextInt(3);
    }
    Slice slice = new Slice(times, column, 0, times.length);
    for (int format : FORMATS) {
      Slice back = BlockCodec.decode(BlockCodec.encode(slice, format), format);
      assertThat(Arrays.copyOf(back.times(), back.size())).isEqualTo(times);
      for (int i = 0; i < column.length; i++)
        assertThat(Double.doubleToRawLongBits(back.values()[i]))
            .isEqualTo(Double.doubleToRawLongBits(column[i]));
    }
  }

  @Property(tries = 300)
  void noBytesBreakTheDecoder(
      @ForAll @Size(max = 200) byte[] noise, @ForAll @IntRange(min = 1, max = 3) int format) {
    try {
      Slice slice = BlockCodec.decode(noise, format);
      assertThat(slice.size()).isLessThanOrEqualTo(noise.length);
    } catch (Malformed refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @Test
  void aSteadyKitsTimesCostNextToNothing() {
    Slice day = steady(1440, 100.0);
    assertThat(BlockCodec.formatFor(day)).isEqualTo(BlockCodec.RUNS);
    assertThat(BlockCodec.encode(day, BlockCodec.RUNS).length).isLessThan(1440 * 13 / 10);
    for (int i = 0; i < 1440; i += 60) day.times()[i]++; // and what it misses hardly more
    assertThat(Block.of(new Block.Place(1, 2, 3), 1, day).data().length).isLessThan(1440 * 15 / 10);
  }

  @Test
  void timesThatWaverCostAByteEach() {
    Slice day = steady(1440, 100.0);
    for (int i = 0; i < 1440; i += 2) day.times()[i]++;
    assertThat(BlockCodec.formatFor(day)).isEqualTo(BlockCodec.STEPS);
    assertThat(BlockCodec.encode(day, BlockCodec.STEPS).length).isLessThan(1440 * 24 / 10);
  }

  @Test
  void oneOddValueDoesNotSpoilTheBlock() {
    Slice day = steady(1440, 100.0);
    day.values()[700] = -0.0;
    day.values()[900] = Math.PI;
    byte[] bytes = BlockCodec.encode(day, BlockCodec.STEPS);
    assertThat(bytes.length).isLessThan(1440 * 24 / 10);
    assertThat(Double.doubleToRawLongBits(BlockCodec.decode(bytes, BlockCodec.STEPS).values()[700]))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
  }

  @Test
  void aBlockThatWasChangedOrMovedIsRefused() {
    Block.Place place = new Block.Place(1, 2, 3);
    Block good = Block.of(place, 1, steady(10, 10.0));
    assertThatCode(good::readings).doesNotThrowAnyException();
    for (int i = 0; i < good.data().length; i++) {
      byte[] data = good.data().clone();
      data[i] ^= 4;
      Block changed = new Block(place, 1, good.format(), good.checksum(), data);
      assertThatThrownBy(changed::readings).isInstanceOf(Malformed.class);
    }
    Block moved =
        new Block(new Block.Place(1, 2, 4), 1, good.format(), good.checksum(), good.data());
    assertThatThrownBy(moved::readings).isInstanceOf(Malformed.class);
  }

  private static Slice steady(int size, double divisor) {
    Random random = new Random(5);
    long[] times = new long[size];
    double[] values = new double[size];
    int whole = 2137;
    for (int i = 0; i < size; i++) {
      times[i] = 1_775_001_480L + i * 60L;
      whole += random.nextInt(41) - 20;
      values[i] = whole / divisor;
    }
    return new Slice(times, values, 0, size);
  }
}
