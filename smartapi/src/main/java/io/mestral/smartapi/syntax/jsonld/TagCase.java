package io.mestral.smartapi.syntax.jsonld;

/**
 * Takes language tags through the expansion of the JSON-LD library, which makes them lower case:
 * which letters are capitals stands behind the tag meanwhile, as subtags for private use (RFC 5646,
 * section 2.2.7).
 */
final class TagCase {
  private static final String MARK = "-x-upper-";
  private static final int LONGEST_SUBTAG = 8;

  private TagCase() {}

  /** The text in lower case, with what {@link #written} makes the text of again. */
  static String lower(String tag) {
    StringBuilder lower = new StringBuilder(tag);
    StringBuilder capitals = new StringBuilder(MARK);
    boolean changed = tag.contains(MARK);
    for (int at = 0; at < tag.length(); at++) {
      char c = tag.charAt(at);
      boolean isCapital = c >= 'A' && c <= 'Z';
      if (at > 0 && at % LONGEST_SUBTAG == 0) {
        capitals.append('-');
      }
      capitals.append(isCapital ? '1' : '0');
      lower.setCharAt(at, isCapital ? (char) (c + 'a' - 'A') : c);
      changed |= isCapital;
    }
    return changed ? lower.append(capitals).toString() : tag;
  }

  /** The text as it was before {@link #lower}. */
  static String written(String lower) {
    int mark = lower.lastIndexOf(MARK);
    if (mark < 0) {
      return lower;
    }
    String capitals = lower.substring(mark + MARK.length()).replace("-", "");
    StringBuilder tag = new StringBuilder(lower.substring(0, mark));
    for (int at = 0; at < capitals.length(); at++) {
      if (capitals.charAt(at) == '1') {
        tag.setCharAt(at, (char) (tag.charAt(at) - 'a' + 'A'));
      }
    }
    return tag.toString();
  }
}
