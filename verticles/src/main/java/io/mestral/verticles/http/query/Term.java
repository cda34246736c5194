package io.mestral.verticles.http.query;

import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.Condition.All;
import io.mestral.storage.search.Condition.Any;
import io.mestral.storage.search.Condition.Holds;
import io.mestral.storage.search.Value;
import io.mestral.verticles.http.exchange.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A search term taken apart: {@code name_or_description_cont_any} is two attributes of which one
 * contains one of the values.
 *
 * @param written as it came
 * @param isOr whether one of the attributes is enough
 * @param quantifier what the word holds for, of several values
 */
record Term(
    String written, List<Attribute> attributes, boolean isOr, Word word, Quantifier quantifier) {
  private static final String OR = "_or_";
  private static final String AND = "_and_";

  /** What stands behind the last of them is none's name. */
  private static final int MOST_ATTRIBUTES = 16;

  /** Of several values. */
  enum Quantifier {
    /** The first counts, or all as one. */
    NONE(""),
    /** One of them. */
    ANY("_any"),
    /** Each of them. */
    ALL("_all");

    private final String end;

    Quantifier(String end) {
      this.end = end;
    }
  }

  /** Ends the request when the term is none that may be asked of these things. */
  static Term read(String written, Searchable things) {
    Quantifier quantifier = quantifierOf(written);
    String said = written.substring(0, written.length() - quantifier.end.length());
    Word word =
        Word.endOf(said)
            .filter(found -> quantifier == Quantifier.NONE || !found.isQuestion())
            .orElseThrow(() -> Problem.searchTerm(written));
    String names = said.substring(0, said.length() - word.label().length() - 1);
    int or = names.indexOf(OR);
    int and = names.indexOf(AND);
    List<Attribute> attributes =
        Arrays.stream(names.split(OR + "|" + AND, MOST_ATTRIBUTES))
            .map(name -> attribute(name, things, word, written))
            .toList();
    return new Term(written, attributes, or >= 0 && (and < 0 || or < and), word, quantifier);
  }

  private static Quantifier quantifierOf(String written) {
    if (written.endsWith(Quantifier.ANY.end)) return Quantifier.ANY;
    return written.endsWith(Quantifier.ALL.end) ? Quantifier.ALL : Quantifier.NONE;
  }

  private static Attribute attribute(String name, Searchable things, Word word, String written) {
    return things
        .find(name)
        .filter(found -> word.suits(found.field().kind()))
        .orElseThrow(() -> Problem.searchTerm(written));
  }

  /**
   * What it asks for; empty when nothing is left to be asked.
   *
   * @param texts none of them blank
   */
  Optional<Condition> condition(List<String> texts, Values values) {
    if (texts.isEmpty()) return Optional.empty();
    if (word.isQuestion())
      return Values.flag(texts.get(0))
          .map(
              yes ->
                  joined(
                      attributes.stream()
                          .map(each -> holds(each, List.of(), word.isWanted() == yes))
                          .toList()));
    return Optional.of(joined(attributes.stream().map(each -> of(each, texts, values)).toList()));
  }

  private Condition joined(List<Condition> parts) {
    if (parts.size() == 1) return parts.get(0);
    return isOr ? new Any(parts) : new All(parts);
  }

  private Condition of(Attribute attribute, List<String> texts, Values values) {
    List<Value> read =
        texts.stream()
            .map(
                text ->
                    values
                        .read(attribute.field().kind(), text)
                        .orElseThrow(() -> Problem.searchTerm(written)))
            .toList();
    if (quantifier == Quantifier.NONE) return holds(attribute, read, word.isWanted());
    List<Condition> parts =
        read.stream().map(value -> holds(attribute, List.of(value), word.isWanted())).toList();
    return quantifier == Quantifier.ANY ? new Any(parts) : new All(parts);
  }

  private Condition holds(Attribute attribute, List<Value> read, boolean wanted) {
    return new Holds(attribute, word.match(read), wanted);
  }
}
