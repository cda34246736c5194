package io.mestral.storage.embedded.readings.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RemovalsTest {
  @Property(tries = 300)
  void whatIsLeftIsWhatNoRangeContains(
      @ForAll @Size(max = 24) List<@IntRange(min = 0, max = 60) Integer> ends) {
    Removals removals = Removals.NONE;
    TreeSet<Long> left = new TreeSet<>();
    for (long second = 0; second <= 60; second++) left.add(second);
    for (int i = 0; i + 1 < ends.size(); i += 2) {
      removals = removals.and(new TimeRange(ends.get(i), ends.get(i + 1)));
      int to = ends.get(i + 1);
      if (ends.get(i) <= to) left.subSet((long) ends.get(i), true, (long) to, true).clear();
    }
    Columns all = new Columns(4);
    for (long second = 0; second <= 60; second++) all.add(second, second);
    List<Slice> slices = new ArrayList<>();
    removals.leave(all.all(), slices);
    Slice rest = Columns.merged(slices, Integer.MAX_VALUE).all();
    TreeSet<Long> found = new TreeSet<>();
    for (int i = rest.from(); i < rest.to(); i++) found.add(rest.times()[i]);
    assertThat(found).isEqualTo(left);
    for (long second = 0; second <= 60; second++)
      assertThat(removals.contains(second)).isNotEqualTo(left.contains(second));
    for (int i = 1; i < removals.ranges().size(); i++)
      assertThat(removals.ranges().get(i).from())
          .isGreaterThan(removals.ranges().get(i - 1).to() + 1);
  }
}
