package io.mestral.config;

/**
 * A secret of the configuration. It never prints itself.
 *
 * @param reveal the secret, for the one place that uses it
 */
public record Hidden(String reveal) {

  /** Never the secret: this text may reach logs and messages. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
