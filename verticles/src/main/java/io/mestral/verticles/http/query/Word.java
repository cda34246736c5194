package io.mestral.verticles.http.query;

import io.mestral.storage.search.Kind;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.Match.Absent;
import io.mestral.storage.search.Match.Among;
import io.mestral.storage.search.Match.Blank;
import io.mestral.storage.search.Match.Compared;
import io.mestral.storage.search.Match.Like;
import io.mestral.storage.search.Match.Relation;
import io.mestral.storage.search.Value;
import io.mestral.storage.search.Value.Flag;
import io.mestral.storage.search.Value.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The word at the end of a search term: what is to hold (spec 2.4). */
enum Word {
  EQ(Use.COMPARED, true, compared(Relation.EQUAL)),
  NOT_EQ(Use.COMPARED, false, compared(Relation.EQUAL)),
  LT(Use.ORDERED, true, compared(Relation.LESS)),
  LTEQ(Use.ORDERED, true, compared(Relation.AT_MOST)),
  GT(Use.ORDERED, true, compared(Relation.GREATER)),
  GTEQ(Use.ORDERED, true, compared(Relation.AT_LEAST)),
  IN(Use.COMPARED, true, Among::new),
  NOT_IN(Use.COMPARED, false, Among::new),
  CONT(Use.LIKENED, true, like(Like::containing)),
  I_CONT(Use.LIKENED, true, like(Like::containing)),
  NOT_CONT(Use.LIKENED, false, like(Like::containing)),
  NOT_I_CONT(Use.LIKENED, false, like(Like::containing)),
  START(Use.LIKENED, true, like(Like::startingWith)),
  NOT_START(Use.LIKENED, false, like(Like::startingWith)),
  END(Use.LIKENED, true, like(Like::endingWith)),
  NOT_END(Use.LIKENED, false, like(Like::endingWith)),
  MATCHES(Use.LIKENED, true, like(Like::matching)),
  DOES_NOT_MATCH(Use.LIKENED, false, like(Like::matching)),
  PRESENT(Use.ASKED, false, none -> new Blank()),
  BLANK(Use.ASKED, true, none -> new Blank()),
  NULL(Use.ASKED, true, none -> new Absent()),
  NOT_NULL(Use.ASKED, false, none -> new Absent()),
  TRUE(Use.ASKED_OF_FLAGS, true, none -> flag(true)),
  NOT_TRUE(Use.ASKED_OF_FLAGS, false, none -> flag(true)),
  FALSE(Use.ASKED_OF_FLAGS, true, none -> flag(false)),
  NOT_FALSE(Use.ASKED_OF_FLAGS, false, none -> flag(false));

  private static final List<Word> LONGEST_FIRST =
      Arrays.stream(values())
          .sorted(Comparator.comparingInt((Word word) -> word.label().length()).reversed())
          .toList();

  private final Use use;
  private final boolean wanted;
  private final Function<List<Value>, Match> match;

  Word(Use use, boolean wanted, Function<List<Value>, Match> match) {
    this.use = use;
    this.wanted = wanted;
    this.match = match;
  }

  /** What such words are about. */
  private enum Use {
    COMPARED(EnumSet.allOf(Kind.class)),
    ORDERED(EnumSet.of(Kind.NUMBER, Kind.REAL, Kind.TEXT, Kind.TIME)),
    LIKENED(EnumSet.of(Kind.TEXT)),
    ASKED(EnumSet.allOf(Kind.class)),
    ASKED_OF_FLAGS(EnumSet.of(Kind.FLAG));

    private final Set<Kind> kinds;

    Use(Set<Kind> kinds) {
      this.kinds = kinds;
    }
  }

  /** The word that a term ends with, the longest where several would do. */
  static Optional<Word> endOf(String term) {
    return LONGEST_FIRST.stream().filter(word -> term.endsWith("_" + word.label())).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can be said of such a field. */
  boolean suits(Kind kind) {
    return use.kinds.contains(kind);
  }

  /** Whether the value only says yes or no to it. */
  boolean isQuestion() {
    return use == Use.ASKED || use == Use.ASKED_OF_FLAGS;
  }

  /** Whether it takes several values as one. */
  boolean takesMany() {
    return this == IN || this == NOT_IN;
  }

  /** Whether what it says is to be, or not to be. */
  boolean isWanted() {
    return wanted;
  }

  /**
   * What it says of a field.
   *
   * @param values none for a question, one at least for words that take many, else one
   */
  Match match(List<Value> values) {
    return match.apply(values);
  }

  private static Function<List<Value>, Match> compared(Relation relation) {
    return values -> new Compared(relation, values.get(0));
  }

  private static Function<List<Value>, Match> like(Function<String, Match> pattern) {
    return values -> pattern.apply(((Text) values.get(0)).text());
  }

  private static Match flag(boolean isSet) {
    return new Compared(Relation.EQUAL, new Flag(isSet));
  }
}
