package io.mestral.smartapi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutlineTest {
  @Test
  void aSquareHasAnInsideAnOutsideAndABorder() {
    Outline square = outline(0, 0, 0, 10, 10, 10, 10, 0);
    assertThat(square.contains(new Position(5, 5))).isTrue();
    assertThat(square.contains(new Position(0, 5))).isTrue();
    assertThat(square.contains(new Position(10, 10))).isTrue();
    assertThat(square.contains(new Position(10.001, 5))).isFalse();
    assertThat(square.contains(new Position(5, -0.001))).isFalse();
  }

  @Test
  void aClosedLineMayRepeatItsFirstCorner() {
    Outline square = outline(0, 0, 0, 10, 10, 10, 10, 0, 0, 0);
    assertThat(square.contains(new Position(5, 5))).isTrue();
  }

  @Test
  void whatIsEnclosedTwiceIsOutside() {
    Outline star = outline(0, 0, 10, 5, 0, 10, 6, 0, 6, 10);
    assertThat(star.contains(new Position(4, 5))).isFalse();
    assertThat(star.contains(new Position(7, 5))).isTrue();
  }

  @Test
  void anEdgeCrossesTheAntimeridianWhereThatIsShorter() {
    Outline fiji = outline(-20, 177, -20, -178, -15, -178, -15, 177);
    assertThat(fiji.contains(new Position(-17, 179))).isTrue();
    assertThat(fiji.contains(new Position(-17, -179))).isTrue();
    assertThat(fiji.contains(new Position(-17, 180))).isTrue();
    assertThat(fiji.contains(new Position(-17, -180))).isTrue();
    assertThat(fiji.contains(new Position(-17, 0))).isFalse();
    assertThat(fiji.contains(new Position(-17, 176))).isFalse();
    assertThat(fiji.contains(new Position(-17, -177))).isFalse();
  }

  @Test
  void twoCornersAreNoArea() {
    assertThatIllegalArgumentException().isThrownBy(() -> outline(0, 0, 1, 1, 0, 0));
  }

  @Test
  void distancesAreThoseOfTheSphere() {
    Position helsinki = new Position(60, 24);
    assertThat(helsinki.distanceTo(new Position(60.09, 24))).isCloseTo(10_007.5, within(1.0));
    assertThat(new Position(0, 179).distanceTo(new Position(0, -179)))
        .isCloseTo(222_390, within(10.0));
    assertThat(new Position(90, 0).distanceTo(new Position(-90, 77)))
        .isCloseTo(Math.PI * 6_371_008.8, within(1.0));
  }

  @Test
  void whatIsNoPlaceIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Position(90.1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Position(0, -180.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Position(Double.NaN, 0));
  }

  private static Outline outline(double... latitudesAndLongitudes) {
    List<Position> corners =
        IntStream.range(0, latitudesAndLongitudes.length / 2)
            .mapToObj(i -> at(latitudesAndLongitudes, i))
            .toList();
    return new Outline(corners);
  }

  private static Position at(double[] pairs, int i) {
    return new Position(pairs[2 * i], pairs[2 * i + 1]);
  }
}
