package io.mestral.smartapi.error;

import io.mestral.smartapi.rdf.Resource;
import java.util.Optional;

/**
 * Something in a message that can't be accepted. The text is for the person who sent it: what was
 * wrong, where, and what is allowed.
 */
public final class SmartApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorType type;
  private final transient Resource node;

  /**
   * An error that no particular node is the cause of.
   *
   * @param type which kind
   * @param message what was wrong and what is allowed, in English
   */
  public SmartApiException(ErrorType type, String message) {
    this(type, message, null, null);
  }

  /**
   * An error at a node.
   *
   * @param type which kind
   * @param message what was wrong and what is allowed, in English
   * @param node the node where it is
   */
  public SmartApiException(ErrorType type, String message, Resource node) {
    this(type, message, node, null);
  }

  /**
   * An error that something else was the cause of.
   *
   * @param type which kind
   * @param message what was wrong and what is allowed, in English
   * @param cause what was thrown first
   */
  public SmartApiException(ErrorType type, String message, Throwable cause) {
    this(type, message, null, cause);
  }

  private SmartApiException(ErrorType type, String message, Resource node, Throwable cause) {
    super(message, cause);
    this.type = type;
    this.node = node;
  }

  /**
   * Which kind of error this is.
   *
   * @return its kind, with class and code
   */
  public ErrorType type() {
    return type;
  }

  /**
   * The node that was wrong.
   *
   * @return the node, or nothing when the message as a whole is meant
   */
  public Optional<Resource> node() {
    return Optional.ofNullable(node);
  }
}
