package io.mestral.smartapi.ontology;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.vocabulary.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The vocabulary file that is bundled with the library, {@code vocabulary.ttl}. */
public final class CoreVocabulary {
  private static final Graph GRAPH = read();

  private CoreVocabulary() {}

  /**
   * All that the file says: classes, properties and individuals of the Smart API and its edge
   * profile with label, comment, domain and range.
   *
   * @return always the same graph
   */
  public static Graph graph() {
    return GRAPH;
  }

  private static Graph read() {
    try (InputStream file = Types.class.getResourceAsStream("vocabulary.ttl")) {
      return new TurtleReader(Limits.DEFAULT).read(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled vocabulary can't be read", e);
    }
  }
}
