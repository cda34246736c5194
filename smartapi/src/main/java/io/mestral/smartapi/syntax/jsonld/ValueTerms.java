package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonToken;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.syntax.json.CanonicalJson;
import io.mestral.smartapi.syntax.json.JsonNumbers;
import io.mestral.smartapi.syntax.json.JsonText;
import java.util.Optional;

/** Literals of JSON-LD values (JSON-LD 1.1 API, section 8.2.2, "Object to RDF Conversion"). */
final class ValueTerms {
  private ValueTerms() {}

  /**
   * The term of a value object.
   *
   * @param frame an object with {@code @value} or {@code @language}, read to its end
   * @param context the terms in force
   * @param expanded whether the library expanded the document
   * @return the term, or {@link TripleSink#NOTHING}; empty when expansion leaves the value out
   * @throws NotSimple if the library has to say what is wrong
   */
  static Optional<Term> of(Frame frame, TermContext context, boolean expanded) {
    if (frame.value.isEmpty() || frame.severalTypes) {
      throw new NotSimple("it has a value object with @language alone or several types");
    }
    JsonToken token = frame.value.get();
    if (frame.types.contains("@json") && frame.language.isEmpty()) {
      return Optional.of(Literal.of(CanonicalJson.of(token, frame.valueText), Rdf.JSON));
    }
    if (token.isStructStart()) {
      throw new NotSimple("it has a @value that is no scalar");
    }
    if (token == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (frame.language.isPresent()) {
      return Optional.of(inLanguage(frame, token));
    }
    Optional<Iri> datatype = Optional.empty();
    if (!frame.types.isEmpty()) {
      datatype = datatype(frame.types.get(0), context, expanded);
      if (datatype.isEmpty()) {
        return Optional.of(TripleSink.NOTHING);
      }
    }
    return Optional.of(scalar(token, frame.valueText, datatype));
  }

  private static Term scalar(JsonToken token, String text, Optional<Iri> datatype) {
    if (token.isNumeric()) {
      return number(text, datatype);
    }
    if (datatype.isPresent()) {
      return typed(text, datatype.get());
    }
    return token.isBoolean() ? Literal.of(token == JsonToken.VALUE_TRUE) : Literal.of(text);
  }

  private static Term inLanguage(Frame frame, JsonToken token) {
    if (!frame.types.isEmpty() || token != JsonToken.VALUE_STRING) {
      throw new NotSimple("it has a @language on what is no plain text");
    }
    String language = frame.language.orElseThrow();
    return TermText.isLanguageTag(language)
        ? Literal.inLanguage(frame.valueText, language)
        : TripleSink.NOTHING;
  }

  /** Nothing only for what was expanded: the library refuses such datatypes, or lets them be. */
  private static Optional<Iri> datatype(String type, TermContext context, boolean expanded) {
    Optional<Iri> iri = context.vocabularyIri(type);
    if (!expanded && (iri.isEmpty() || !TermText.isUri(iri.get().value()))) {
      throw new NotSimple("it has the datatype " + JsonText.shortened(type));
    }
    return iri;
  }

  /**
   * A number.
   *
   * @param number a number of JSON, in range
   * @param datatype its datatype, or nothing
   * @return the literal
   */
  static Literal number(String number, Optional<Iri> datatype) {
    if (datatype.isEmpty()) {
      return JsonNumbers.literal(number);
    }
    Literal literal = JsonNumbers.literal(number, datatype.get());
    return typed(literal.lexical(), literal.datatype());
  }

  /**
   * A typed value.
   *
   * @param lexical its lexical form
   * @param datatype its datatype
   * @return the literal
   * @throws SmartApiException of type ParseError if it is text in a language without one
   */
  static Literal typed(String lexical, Iri datatype) {
    if (datatype.equals(Rdf.LANG_STRING)) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "A value has the type rdf:langString; give its language with @language instead.");
    }
    return Literal.of(lexical, datatype);
  }
}
