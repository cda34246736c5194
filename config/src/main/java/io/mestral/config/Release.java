package io.mestral.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release of Mestral this is. */
public final class Release {
  private static final String VERSION = read();

  private Release() {}

  /** The version as Maven knows it, such as {@code 0.1.0}. */
  public static String version() {
    return VERSION;
  }

  private static String read() {
    try (InputStream in = Release.class.getResourceAsStream("release.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("release.properties is missing from the build", e);
    }
  }
}
