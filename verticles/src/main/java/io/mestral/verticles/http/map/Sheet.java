package io.mestral.verticles.http.map;

import io.mestral.verticles.http.device.MapDevice;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Some devices of the world's map, written down together: where one of them changes these few are
 * put together and compressed anew, and no others.
 */
final class Sheet {
  private final List<Mark> marks;
  private final Piece piece;
  private final byte[] digest;

  private Sheet(List<Mark> marks, Piece piece) {
    this.marks = marks;
    this.piece = piece;
    this.digest = sha256().digest(piece.text());
  }

  /** A device at a moment. */
  record Mark(Place place, MapDevice.Moment moment) {
    boolean sameAs(Mark other) {
      return place == other.place && moment.equals(other.moment);
    }
  }

  /**
   * @param marks one at least
   */
  static Sheet of(List<Mark> marks) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(marks.size() * 512);
    for (Mark mark : marks) {
      if (text.size() > 0) text.write(',');
      mark.place().shown().write(mark.moment(), text);
    }
    return new Sheet(List.copyOf(marks), new Piece(text.toByteArray()));
  }

  /** Whether it shows these. */
  boolean shows(List<Mark> others) {
    if (marks.size() != others.size()) return false;
    for (int i = 0; i < marks.size(); i++) if (!marks.get(i).sameAs(others.get(i))) return false;
    return true;
  }

  Piece piece() {
    return piece;
  }

  byte[] digest() {
    return digest;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
