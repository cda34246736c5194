package io.mestral.storage;

/**
 * Where somebody comes from.
 *
 * @param key tells networks apart, and need not say which it is
 */
public record Network(String key) {
  /** Nobody knows where. */
  public static final Network UNKNOWN = new Network("");
}
