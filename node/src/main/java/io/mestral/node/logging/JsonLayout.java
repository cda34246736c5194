package io.mestral.node.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** One JSON object a line: time, level, logger, thread, message, and exception if there is one. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  private final JsonFactory factory = new JsonFactory();

  @Override
  public String doLayout(ILoggingEvent event) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField(
          "time", TextLayout.TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
      json.writeStringField("level", event.getLevel().toString());
      json.writeStringField("logger", event.getLoggerName());
      json.writeStringField("thread", event.getThreadName());
      json.writeStringField("message", event.getFormattedMessage());
      if (event.getThrowableProxy() != null)
        json.writeStringField("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can't fail", e);
    }
    return line.append('\n').toString();
  }
}
