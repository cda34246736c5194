package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an entity registry does, whichever engine keeps it. */
public abstract class EntityRegistryContract extends MetadataContract {
  private static StoredEntity entity(String name, String says) {
    return new StoredEntity(
        "https://example.org/id/" + name,
        "https://example.org/id/ada",
        Optional.of("roof"),
        Buffer.buffer(says),
        NOON,
        NOON.plusMillis(7));
  }

  private EntityRegistry registry() {
    return metadata().entities();
  }

  @Test
  void anEntityIsKeptAsItIs() throws Exception {
    StoredEntity lamp = entity("lamp", "<a> <b> \"ø\" .\n");
    StoredEntity door =
        new StoredEntity(
            "https://example.org/id/door", "urn:x", Optional.empty(), Buffer.buffer(), NOON, NOON);
    await(registry().apply(List.of(lamp, door), List.of()));
    reopen();
    assertThat(await(registry().find(lamp.iri()))).contains(lamp);
    assertThat(await(registry().find(door.iri()))).contains(door);
    assertThat(await(registry().find("https://example.org/id/la"))).isEmpty();
  }

  @Test
  void aLongIriIsKeptInWhateverScript() {
    Random random = new Random(1); // else it would be compressed
    StringBuilder name = new StringBuilder();
    int letters = (StoredEntity.MAX_IRI - entity("", "").iri().length()) / 3;
    for (int i = 0; i < letters; i++) name.append((char) (0x4e00 + random.nextInt(20_000)));
    StoredEntity lamp = entity(name.toString(), "far");
    await(registry().apply(List.of(lamp), List.of()));
    assertThat(await(registry().find(lamp.iri()))).contains(lamp);
    assertThat(await(registry().page("", 1))).containsExactly(lamp);
  }

  @Test
  void theLaterDescriptionReplacesTheEarlier() {
    await(registry().apply(List.of(entity("lamp", "old"), entity("door", "old")), List.of()));
    await(registry().apply(List.of(entity("lamp", "new")), List.of(entity("door", "").iri())));
    assertThat(await(registry().find(entity("lamp", "").iri()))).contains(entity("lamp", "new"));
    assertThat(await(registry().find(entity("door", "").iri()))).isEmpty();
    await(registry().apply(List.of(), List.of("https://example.org/id/nothing")));
    assertThat(await(registry().page("", 10))).hasSize(1);
  }

  @Test
  void whatCannotBeKeptTakesTheRestWithIt() {
    await(registry().apply(List.of(entity("lamp", "old"), entity("door", "old")), List.of()));
    StoredEntity nobodys = // no caller has such a value: but what else would both engines refuse
        new StoredEntity(
            "https://example.org/id/x", null, Optional.empty(), Buffer.buffer(), NOON, NOON);
    failureOf(
        registry()
            .apply(
                List.of(entity("lamp", "new"), entity("roof", "new"), nobodys),
                List.of(entity("door", "").iri())));
    assertThat(await(registry().page("", 10)))
        .containsExactly(entity("door", "old"), entity("lamp", "old"));
  }

  @Test
  void pagesFollowTheIrisByCodePoint() {
    List<StoredEntity> all = new ArrayList<>();
    for (String name : List.of("B", "Z", "_", "a", "a-b", "a.b", "aB", "b", "ä", "€", "ﬀ", "😀"))
      all.add(entity(name, name));
    List<StoredEntity> mixed = new ArrayList<>(all);
    Collections.reverse(mixed);
    await(registry().apply(mixed, List.of()));
    List<StoredEntity> read = new ArrayList<>();
    String last = "";
    for (List<StoredEntity> page = await(registry().page(last, 3));
        !page.isEmpty();
        page = await(registry().page(last, 3))) {
      assertThat(page.size()).isLessThanOrEqualTo(3);
      read.addAll(page);
      last = page.get(page.size() - 1).iri();
    }
    assertThat(read).isEqualTo(all);
  }

  @Test
  void aPageOfLargeOnesIsShorter() {
    List<StoredEntity> all = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"))
      all.add(entity(name, name.repeat(StoredEntity.MAX_DOCUMENT)));
    await(registry().apply(all, List.of()));
    assertThat(await(registry().page("", 500))).isEqualTo(all.subList(0, 8));
    assertThat(await(registry().page(all.get(7).iri(), 500))).isEqualTo(all.subList(8, 10));
    assertThat(await(registry().page(all.get(9).iri(), 500))).isEmpty();
  }

  @Test
  void aThousandAtOnceAreKeptTogether() {
    List<StoredEntity> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) many.add(entity("lamp-" + i, "lamp " + i));
    await(registry().apply(many, List.of()));
    assertThat(await(registry().page("", 2_000))).hasSize(1_000);
    assertThat(await(registry().find(entity("lamp-999", "").iri()))).isPresent();
  }
}
