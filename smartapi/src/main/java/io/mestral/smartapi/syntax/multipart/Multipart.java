package io.mestral.smartapi.syntax.multipart;

import java.util.List;
import java.util.Optional;

/**
 * A message of several parts.
 *
 * @param main the part with the message
 * @param others the parts with objects that the message refers to; may be empty
 */
public record Multipart(Part main, List<Part> others) {

  /** Keeps the list as it is now. */
  public Multipart {
    others = List.copyOf(others);
  }

  /**
   * Finds the part of an object.
   *
   * @param contentId the object's IRI
   * @return its part, or nothing
   */
  public Optional<Part> part(String contentId) {
    return others.stream().filter(part -> part.contentId().equals(contentId)).findFirst();
  }
}
