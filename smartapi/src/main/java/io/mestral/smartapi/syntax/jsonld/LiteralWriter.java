package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.json.CanonicalJson;
import io.mestral.smartapi.syntax.json.JsonNumbers;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes literals so that reading gives the very same ones: as numbers and truth values of JSON
 * where JSON-LD's conversion leads back to them, else with their type.
 */
final class LiteralWriter {
  private LiteralWriter() {}

  static void write(
      Literal literal, Property property, boolean expanded, Names names, JsonGenerator to)
      throws IOException {
    if (!JsonText.isUnicode(literal.lexical())) {
      throw unwritable("half a surrogate pair, which is no character");
    }
    boolean coerced =
        !literal.datatype().equals(Rdf.LANG_STRING) && property.datatype().isPresent();
    if (coerced && !expanded && property.datatype().get().equals(literal.datatype())) {
      to.writeString(literal.lexical());
      return;
    }
    Optional<String> raw = coerced && !expanded ? Optional.empty() : raw(literal);
    boolean text = literal.datatype().equals(Xsd.STRING);
    boolean bare = !expanded && !coerced && (raw.isPresent() || text && !property.reference());
    if (bare) {
      value(literal, raw, to);
      return;
    }
    to.writeStartObject();
    if (!literal.language().isEmpty()) {
      to.writeStringField("@language", language(literal));
    } else if (literal.datatype().equals(Rdf.JSON)
        && CanonicalJson.isCanonical(literal.lexical())) {
      to.writeStringField("@type", "@json");
      raw = Optional.of(literal.lexical());
    } else if (raw.isEmpty() && !text) {
      to.writeStringField("@type", datatype(literal.datatype(), names));
    }
    to.writeFieldName("@value");
    value(literal, raw, to);
    to.writeEndObject();
  }

  private static void value(Literal literal, Optional<String> raw, JsonGenerator to)
      throws IOException {
    if (raw.isPresent()) {
      to.writeRawValue(raw.get());
    } else {
      to.writeString(literal.lexical());
    }
  }

  /** The literal as JSON has it, when reading makes the same literal of that. */
  private static Optional<String> raw(Literal literal) {
    if (literal.datatype().equals(Xsd.INTEGER) || literal.datatype().equals(Xsd.DOUBLE)) {
      return JsonNumbers.of(literal);
    }
    String lexical = literal.lexical();
    boolean truth =
        literal.datatype().equals(Xsd.BOOLEAN)
            && (lexical.equals("true") || lexical.equals("false"));
    return truth ? Optional.of(lexical) : Optional.empty();
  }

  private static String language(Literal literal) {
    if (!TermText.isLanguageTag(literal.language())) {
      throw unwritable("the language tag \"" + literal.language() + '"');
    }
    return literal.language();
  }

  private static String datatype(Iri datatype, Names names) {
    if (!TermText.isUri(datatype.value())) {
      throw unwritable("the datatype " + datatype);
    }
    return names.of(datatype);
  }

  private static SmartApiException unwritable(String what) {
    return new SmartApiException(
        ErrorType.SERVER_ERROR, "JSON-LD has no form for " + what + "; write the graph as Turtle.");
  }
}
