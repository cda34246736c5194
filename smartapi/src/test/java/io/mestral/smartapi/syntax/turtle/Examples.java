package io.mestral.smartapi.syntax.turtle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.jena.JenaGraphs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example messages, and what says whether two graphs are alike. */
public final class Examples {
  private static final Path FOLDER = Path.of("src/test/resources/io/mestral/smartapi/examples");

  private Examples() {}

  /** The Turtle files. */
  public static List<Path> turtle() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ttl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of one of them. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two graphs are alike when Jena finds one blank node of each for one of the other. */
  public static void assertAlike(Graph one, Graph other, Object about) {
    assertThat(other.size()).as("size: %s", about).isEqualTo(one.size());
    assertThat(JenaGraphs.toJena(one).isIsomorphicWith(JenaGraphs.toJena(other)))
        .as("isomorphic: %s", about)
        .isTrue();
  }
}
