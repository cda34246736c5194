package io.mestral.node.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One readable line: time, level, the logger's last name, message. A failure follows with its stack
 * trace. Control characters in a message are written as escapes: what comes from outside must not
 * be able to write a line of its own.
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(128);
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
    line.append(shortName(event.getLoggerName())).append(" - ");
    appendEscaped(line, event.getFormattedMessage());
    line.append('\n');
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) appendTrace(line, failure);
    return line.toString();
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void appendTrace(StringBuilder line, IThrowableProxy failure) {
    ThrowableProxyUtil.asString(failure)
        .lines()
        .forEach(
            text -> {
              line.append("  ");
              appendEscaped(line, text);
              line.append('\n');
            });
  }

  private static void appendEscaped(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append('\t');
        default -> {
          if (Character.isISOControl(c)) line.append(String.format("\\u%04x", (int) c));
          else line.append(c);
        }
      }
    }
  }
}
