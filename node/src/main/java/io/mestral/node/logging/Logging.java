package io.mestral.node.logging;

import io.mestral.config.NodeOptions.LogFormat;
import io.mestral.config.NodeOptions.LogLevel;

/** Sets the log up. */
public final class Logging {
  static final String FORMAT = "mestral.log.format";
  static final String LEVEL = "mestral.log.level";

  private Logging() {}

  /**
   * Decides how the log of this process looks. To be called before anything logs: the choice goes
   * through system properties, since the logging library starts with whoever logs first.
   */
  public static void start(LogFormat format, LogLevel level) {
    System.setProperty(FORMAT, format.name());
    System.setProperty(LEVEL, level.name());
    System.setProperty(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
  }
}
