package io.mestral.smartapi.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Xsd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of a NudeList into columns (Smart API, section 4.4). */
final class NudeReader {
  /** The datatypes that items may have. */
  static final Set<Iri> ITEM_TYPES =
      new LinkedHashSet<>(
          List.of(
              Xsd.INTEGER,
              Xsd.LONG,
              Xsd.DOUBLE,
              Xsd.DECIMAL,
              Xsd.BOOLEAN,
              Xsd.STRING,
              Xsd.DATE,
              Xsd.DATE_TIME));

  /** How long the JSON may be, in bytes. */
  static final int MOST_BYTES = 256 << 20;

  /** How many columns tuples may have: each takes memory, however short the list is. */
  static final int MOST_COLUMNS = 1_000;

  private static final int SURELY_LONG = 18;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(1 << 20).build())
          .build();

  private final Resource node;
  private final Optional<Iri> itemType;
  private final List<String> names;
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private boolean tuples;
  private boolean single;
  private int count;

  NudeReader(Resource node, Optional<Iri> itemType, List<String> names) {
    this.node = node;
    this.itemType = itemType;
    this.names = names;
  }

  NudeList read(String json, Optional<Resource> baseObject) {
    if (json.length() > MOST_BYTES) {
      throw tooLarge(
          String.format(
              Locale.ROOT,
              "A NudeList of %,d characters is too long: at most %,d are read.",
              json.length(),
              MOST_BYTES));
    }
    try (JsonParser parser = JSON.createParser(json.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw malformed("is no JSON array");
      }
      items(parser);
      if (parser.nextToken() != null) {
        throw malformed("has something after its JSON array");
      }
    } catch (StreamConstraintsException tooLong) {
      throw tooLarge("A NudeList has too long a number or string: " + tooLong.getOriginalMessage());
    } catch (JsonProcessingException notJson) {
      throw malformed(
          "isn't valid JSON at byte %d: %s"
              .formatted(notJson.getLocation().getByteOffset(), notJson.getOriginalMessage()));
    } catch (IOException never) { // of an array of bytes
      throw new UncheckedIOException(never);
    }
    return finish(baseObject);
  }

  private void items(JsonParser parser) throws IOException {
    columns.add(new ColumnBuilder(itemType));
    ColumnBuilder only = columns.get(0);
    JsonToken token = parser.nextToken();
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (count++ == ListKind.NUDE.mostRead()) {
        ListKind.NUDE.checkRead(count, node);
      }
      if (token == JsonToken.START_ARRAY) {
        tuple(parser);
      } else if (token == JsonToken.VALUE_NULL) {
        columns.forEach(ColumnBuilder::addMissing);
      } else if (tuples) {
        throw malformed("has tuples and single values; all items have to be of one kind");
      } else {
        value(token, parser, only);
      }
      single |= token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL;
    }
  }

  private void tuple(JsonParser parser) throws IOException {
    if (single) {
      throw malformed("has single values and tuples; all items have to be of one kind");
    }
    int width = 0;
    JsonToken token = parser.nextToken();
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken(), width++) {
      if (width == columns.size()) {
        addColumn();
      }
      ColumnBuilder column = columns.get(width);
      if (token == JsonToken.VALUE_NULL) {
        column.addMissing();
      } else {
        value(token, parser, column);
      }
    }
    if (width != columns.size() || width == 0) {
      throw malformed(
          "has a tuple of %d values as its item %d (from 0), where %d are expected"
              .formatted(width, count - 1, Math.max(1, columns.size())));
    }
    tuples = true;
  }

  private void addColumn() {
    if (tuples) {
      throw malformed(
          "has a tuple of more than %d values as its item %d (from 0)"
              .formatted(columns.size(), count - 1));
    }
    if (columns.size() == MOST_COLUMNS) {
      throw tooLarge(
          "The tuples of a NudeList have more than %d columns; at most as many are read."
              .formatted(MOST_COLUMNS));
    }
    ColumnBuilder column = new ColumnBuilder(itemType);
    for (int before = 1; before < count; before++) { // tuples that were null
      column.addMissing();
    }
    columns.add(column);
  }

  private void value(JsonToken token, JsonParser parser, ColumnBuilder column) throws IOException {
    boolean fits;
    switch (token) {
      case VALUE_NUMBER_FLOAT:
        fits = column.addDouble(finite(parser), false);
        break;
      case VALUE_NUMBER_INT:
        fits =
            parser.getTextLength() <= SURELY_LONG
                ? column.addWhole(parser.getLongValue())
                : column.addDouble(finite(parser), true);
        break;
      case VALUE_STRING:
        fits = column.addText(parser.getText());
        break;
      case VALUE_TRUE, VALUE_FALSE:
        fits = column.addTruth(token == JsonToken.VALUE_TRUE);
        break;
      default:
        throw malformed(
            "has an object or a nested array as its item %d (from 0); allowed are numbers, strings, truth values, null and tuples of them"
                .formatted(count - 1));
    }
    if (!fits) {
      throw malformed(
          "has values of different kinds, beginning with its item %d (from 0)"
              .formatted(count - 1));
    }
  }

  private double finite(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw malformed(
          "has a number beyond the range of a double as its item %d (from 0)".formatted(count - 1));
    }
    return number;
  }

  private NudeList finish(Optional<Resource> baseObject) {
    if (tuples && !names.isEmpty() && names.size() != columns.size()) {
      throw malformed(
          "names %d columns in its sx:tupleShape and has %d"
              .formatted(names.size(), columns.size()));
    }
    if (single && names.size() > 1) {
      throw malformed(
          "names %d columns in its sx:tupleShape and has no tuples".formatted(names.size()));
    }
    for (ColumnBuilder column : columns) {
      column
          .problem()
          .ifPresent(
              problem -> {
                throw malformed(problem);
              });
    }
    return new NudeList(
        tuples, names, columns.stream().map(ColumnBuilder::build).toList(), baseObject);
  }

  private SmartApiException malformed(String problem) {
    return new SmartApiException(ErrorType.PARSE_ERROR, "A NudeList " + problem + ".", node);
  }

  private SmartApiException tooLarge(String message) {
    return new SmartApiException(ErrorType.TOO_LARGE_ERROR, message, node);
  }
}
