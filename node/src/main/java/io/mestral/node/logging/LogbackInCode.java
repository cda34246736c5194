package io.mestral.node.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Configures Logback without a file: reading XML would take longer than the rest of the start.
 * Found by Logback as a service.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogbackInCode extends ContextAwareBase implements Configurator {

  /** Libraries that tell more than an operator wants, unless everything is asked for. */
  private static final List<String> TALKATIVE =
      List.of(
          "io.netty",
          "io.vertx",
          "com.hazelcast",
          "org.flywaydb",
          "org.postgresql",
          "com.datastax");

  /** Log a stack trace for each failure that their caller is told anyway. */
  private static final List<String> REPORTED_BY_FUTURES =
      List.of("io.vertx.mqtt.impl.MqttClientImpl");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Level level = Level.toLevel(System.getProperty(Logging.LEVEL), Level.INFO);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(stderr(context, layout()));
    Level quiet = level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
    if (level == Level.TRACE) return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    TALKATIVE.forEach(library -> context.getLogger(library).setLevel(quiet));
    REPORTED_BY_FUTURES.forEach(library -> context.getLogger(library).setLevel(Level.OFF));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static LayoutBase<ILoggingEvent> layout() {
    return "JSON".equals(System.getProperty(Logging.FORMAT)) ? new JsonLayout() : new TextLayout();
  }

  private static ConsoleAppender<ILoggingEvent> stderr(
      LoggerContext context, LayoutBase<ILoggingEvent> layout) {
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
