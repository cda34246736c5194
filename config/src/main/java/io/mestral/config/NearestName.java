package io.mestral.config;

import java.util.Comparator;
import java.util.stream.Stream;

/** Finds what somebody probably meant. */
final class NearestName {
  private NearestName() {}

  /** The candidate that takes the fewest changed letters; a section leads to its first member. */
  static String to(String written, Stream<String> candidates) {
    return candidates
        .min(
            Comparator.comparingInt(
                candidate ->
                    candidate.startsWith(written + ".") ? 0 : distance(written, candidate)))
        .orElseThrow();
  }

  /** Levenshtein's distance, a row at a time. */
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
