package io.mestral.config;

import java.util.Optional;

/**
 * What concerns a node as a whole.
 *
 * @param name {@code node.name}
 * @param host {@code node.host}, the address all listeners bind to
 * @param profile {@code node.profile}
 * @param publicUrl {@code node.public-url}, without a slash at the end; empty: the address the HTTP
 *     server listens on
 * @param adminPassword {@code admin.password}; empty: a random one is made at the first start
 * @param wrongLoginsPerMinute {@code limits.wrong-logins-per-minute}; 0 is no limit
 * @param logFormat {@code log.format}
 * @param logLevel {@code log.level}
 */
public record NodeOptions(
    String name,
    String host,
    Profile profile,
    Optional<String> publicUrl,
    Optional<Hidden> adminPassword,
    int wrongLoginsPerMinute,
    LogFormat logFormat,
    LogLevel logLevel) {

  /** The two kinds of places a node runs at. */
  public enum Profile {
    /** A server with memory to spare. */
    CLOUD,
    /** A small machine at a site: smaller bounds. */
    EDGE
  }

  /** How a log event is written. */
  public enum LogFormat {
    /** One readable line. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }

  /** The least severe events that are written. */
  public enum LogLevel {
    /** Only what failed. */
    ERROR,
    /** And what may need attention. */
    WARN,
    /** And what happened. */
    INFO,
    /** And how it came about. */
    DEBUG,
    /** Everything, the libraries' inner life included. */
    TRACE
  }

  /** What a cloud node of this name is when nobody says otherwise. */
  public static NodeOptions named(String name) {
    return new NodeOptions(
        name,
        "127.0.0.1",
        Profile.CLOUD,
        Optional.empty(),
        Optional.empty(),
        60,
        LogFormat.TEXT,
        LogLevel.INFO);
  }
}
