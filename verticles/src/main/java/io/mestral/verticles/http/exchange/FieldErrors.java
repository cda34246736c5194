package io.mestral.verticles.http.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with a form, field by field, collected so that all of it is told at once. */
public final class FieldErrors {
  /** Something must stand there. */
  public static final String BLANK = "can't be blank";

  /** Somebody else has it. */
  public static final String TAKEN = "has already been taken";

  /** It isn't what the field holds. */
  public static final String INVALID = "is invalid";

  /** Only certain words are allowed. */
  public static final String NOT_LISTED = "is not included in the list";

  /** A number is asked for. */
  public static final String NOT_A_NUMBER = "is not a number";

  /** Of names, and what is as short. */
  public static final int LONGEST_NAME = 255;

  /** Of what people write about things, in characters. */
  public static final int LONGEST_TEXT = 10_000;

  private final Map<String, List<String>> byField = new LinkedHashMap<>();

  /** The text for what is shorter than allowed. */
  public static String tooShort(int minimum) {
    return "is too short (minimum is " + minimum + " characters)";
  }

  /** The text for what is longer than allowed. */
  public static String tooLong(int maximum) {
    return "is too long (maximum is " + maximum + " characters)";
  }

  /** Notes an error. */
  public void add(String field, String text) {
    byField.computeIfAbsent(field, none -> new ArrayList<>()).add(text);
  }

  /** Notes when a text is longer than its field. */
  public void checkLength(String field, Optional<String> text, int most) {
    if (text.filter(given -> given.codePointCount(0, given.length()) > most).isPresent())
      add(field, tooLong(most));
  }

  /** Whether nothing is wrong. */
  public boolean isEmpty() {
    return byField.isEmpty();
  }

  /** Whether this field is wrong. */
  public boolean has(String field) {
    return byField.containsKey(field);
  }

  /** Ends the request when anything is wrong. */
  public void throwIfAny() {
    if (!isEmpty()) throw Problem.unprocessable(this);
  }

  Map<String, List<String>> byField() {
    return byField;
  }
}
