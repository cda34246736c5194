package io.mestral.smartapi.unit;

import io.github.qudtlib.model.LangString;
import java.util.Collection;

/** Chooses one of the library's labels. */
final class Labels {
  private Labels() {}

  /** The English one, else one without language, else the end of the IRI. */
  static String of(Collection<LangString> labels, String iri) {
    String best = "";
    int bestRank = 3;
    for (LangString label : labels) {
      int rank =
          switch (label.getLanguageTag().orElse("")) {
            case "en" -> 0;
            case "" -> 1;
            default -> 2;
          };
      boolean first = rank == bestRank && label.getString().compareTo(best) < 0;
      if (rank < bestRank || first) {
        best = label.getString();
        bestRank = rank;
      }
    }
    return best.isEmpty() ? iri.substring(iri.lastIndexOf('/') + 1) : best;
  }
}
