package io.mestral.smartapi.rdf.jena;

/** Text of others for the message of an error: its beginning, on one line. */
final class Excerpt {
  private static final int LONGEST = 200;

  private Excerpt() {}

  static String of(String text) {
    String begin = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    StringBuilder line = new StringBuilder(begin);
    for (int at = 0; at < line.length(); at++) {
      if (Character.isISOControl(line.charAt(at)) || Character.isSurrogate(line.charAt(at))) {
        line.setCharAt(at, '\uFFFD');
      }
    }
    return line.toString();
  }
}
