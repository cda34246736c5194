package io.mestral.smartapi.syntax;

/** What is sent: a body, and the value of the header that says what it is written in. */
public final class Document {
  private final String contentType;
  private final byte[] body;

  /**
   * A document.
   *
   * @param contentType the value of the header {@code Content-Type}
   * @param body the bytes, not copied, and not to be changed
   */
  public Document(String contentType, byte[] body) {
    this.contentType = contentType;
    this.body = body;
  }

  /**
   * The value of the header {@code Content-Type}.
   *
   * @return a media type with its parameters
   */
  public String contentType() {
    return contentType;
  }

  /**
   * The body that belongs to the header.
   *
   * @return the bytes, not copied
   */
  public byte[] body() {
    return body;
  }

  /** What it is written in and how long, for people who debug. */
  @Override
  public String toString() {
    return contentType + ", " + body.length + " bytes";
  }
}
