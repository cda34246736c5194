package io.mestral.node.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.042Z");
  private final LoggerContext context = new LoggerContext();

  @Test
  void textIsTimeLevelShortLoggerAndMessage() {
    assertThat(new TextLayout().doLayout(event("ready in {} ms", null, 12)))
        .isEqualTo("2026-11-22T12:00:00.042Z WARN  Broker - ready in 12 ms\n");
  }

  @Test
  void whatComesFromOutsideCannotWriteALineOfItsOwn() {
    assertThat(new TextLayout().doLayout(event("topic {}", null, "a\r\nb\u001b[31m")))
        .endsWith("Broker - topic a\\r\\nb\\u001b[31m\n");
  }

  @Test
  void aFailureFollowsWithItsTrace() {
    assertThat(new TextLayout().doLayout(event("oops", new IllegalStateException("because"))))
        .contains("Broker - oops\n  java.lang.IllegalStateException: because\n  \tat ");
  }

  @Test
  void jsonIsOneObjectALine() {
    String line =
        new JsonLayout().doLayout(event("a \"b\"\n{}", new IllegalStateException("because"), "c"));

    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n");
    JsonObject json = new JsonObject(line);
    assertThat(json.getString("time")).isEqualTo("2026-11-22T12:00:00.042Z");
    assertThat(json.getString("level")).isEqualTo("WARN");
    assertThat(json.getString("logger")).isEqualTo("io.mestral.broker.Broker");
    assertThat(json.getString("thread")).isEqualTo(Thread.currentThread().getName());
    assertThat(json.getString("message")).isEqualTo("a \"b\"\nc");
    assertThat(json.getString("exception")).contains("IllegalStateException: because");
  }

  @Test
  void librariesAreQuietUnlessEverythingIsAskedFor() {
    assertThat(configured("INFO").getLogger("io.netty.channel").getEffectiveLevel())
        .isEqualTo(Level.WARN);
    assertThat(configured("ERROR").getLogger("io.vertx.core").getEffectiveLevel())
        .isEqualTo(Level.ERROR);
    assertThat(configured("TRACE").getLogger("io.netty").getEffectiveLevel())
        .isEqualTo(Level.TRACE);
    assertThat(configured("DEBUG").getLogger("io.mestral.node").getEffectiveLevel())
        .isEqualTo(Level.DEBUG);
  }

  private static LoggerContext configured(String level) {
    String before = System.getProperty(Logging.LEVEL, "INFO");
    System.setProperty(Logging.LEVEL, level);
    try {
      LoggerContext fresh = new LoggerContext();
      new LogbackInCode().configure(fresh);
      return fresh;
    } finally {
      System.setProperty(Logging.LEVEL, before);
    }
  }

  private ILoggingEvent event(String message, Throwable failure, Object... arguments) {
    Logger logger = context.getLogger("io.mestral.broker.Broker");
    LoggingEvent event = new LoggingEvent("here", logger, Level.WARN, message, failure, arguments);
    event.setInstant(NOON);
    return event;
  }
}
