package io.mestral.verticles.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads {@code {"data":[{"recorded_at":…,"sensors":[{"id":…,"value":…}]}]}} (spec 1.4) in one pass.
 * Keys it doesn't know are skipped, whatever they hold; a value of the wrong kind counts as absent.
 */
final class JsonBatchReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as Python writes what isn't there
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(50).maxStringLength(65_536).build())
          .build();

  private JsonBatchReader() {}

  /**
   * @throws MalformedMessage when it is no JSON, or no object
   */
  static Batch read(byte[] ascii) throws MalformedMessage {
    try (JsonParser parser = JSON.createParser(ascii)) {
      if (parser.nextToken() != JsonToken.START_OBJECT)
        throw new MalformedMessage("a batch is a JSON object with a member data");
      Batch batch = Batch.EMPTY;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("data"))
          batch = new Batch(entries(parser));
        else parser.skipChildren();
      }
      if (parser.nextToken() != null)
        throw new MalformedMessage("something follows the end of the JSON object");
      return batch;
    } catch (JsonParseException e) {
      throw new MalformedMessage(
          "no JSON at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new MalformedMessage("JSON beyond the limits: too deep, or too long a text");
    }
  }

  private static List<Entry> entries(JsonParser parser) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) entries.add(entry(parser));
      else parser.skipChildren();
    }
    return entries;
  }

  private static Entry entry(JsonParser parser) throws IOException {
    Time time = Time.MISSING;
    List<Value> values = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("recorded_at")) time = time(parser, token);
      else if (name.equals("sensors") && token == JsonToken.START_ARRAY) values = values(parser);
      else parser.skipChildren();
    }
    return new Entry(time, values);
  }

  private static Time time(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) return Time.MISSING;
    if (token != JsonToken.VALUE_STRING) { // a number is rejected too (spec 1.4)
      String text = token.isScalarValue() ? parser.getText() : "not a text";
      parser.skipChildren();
      return new Time.Unreadable(text);
    }
    String text = parser.getText();
    if (text.isBlank()) return Time.MISSING;
    OptionalLong second = TimeText.parse(text);
    return second.isPresent() ? new Time.At(second.getAsLong()) : new Time.Unreadable(text);
  }

  private static List<Value> values(JsonParser parser) throws IOException {
    List<Value> values = new ArrayList<>(16);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      String sensor = "";
      double value = Double.NaN;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("id")) sensor = sensor(parser, token);
        else if (name.equals("value")) value = number(parser, token);
        else parser.skipChildren();
      }
      values.add(new Value(sensor, value));
    }
    return values;
  }

  private static String sensor(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT:
        return parser.getText();
      case VALUE_STRING:
        return parser.getText().strip();
      case VALUE_NUMBER_FLOAT: // 55.0, as tables of numbers are written
        double number = parser.getDoubleValue();
        return number == (int) number ? Integer.toString((int) number) : "";
      default:
        parser.skipChildren();
        return "";
    }
  }

  private static double number(JsonParser parser, JsonToken token) throws IOException {
    if (token.isNumeric()) return parser.getDoubleValue();
    if (token == JsonToken.VALUE_STRING) return NumberText.parse(parser.getText());
    parser.skipChildren();
    return Double.NaN;
  }
}
