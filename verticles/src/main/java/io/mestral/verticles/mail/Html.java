package io.mestral.verticles.mail;

/** Text in HTML. */
public final class Html {
  private Html() {}

  /** The text with nothing left that means something in HTML, in attributes too. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
