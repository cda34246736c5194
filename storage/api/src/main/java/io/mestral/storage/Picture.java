package io.mestral.storage;

import java.util.Arrays;

/**
 * A picture of a person.
 *
 * @param name which it is found by; another picture has another
 * @param type its media type
 */
public record Picture(String name, String type, byte[] bytes) {
  /** How large one may be. */
  public static final int MAX_BYTES = 512 << 10;

  /** Copies the bytes. */
  public Picture {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && name.equals(picture.name)
        && type.equals(picture.type)
        && Arrays.equals(bytes, picture.bytes);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "Picture[" + name + ", " + bytes.length + " bytes]";
  }
}
