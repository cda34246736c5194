package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;

/** Which literals Turtle has without quotes and datatype (RDF 1.1 Turtle, section 2.5.2). */
final class Bare {
  private final String lexical;
  private int at;

  private Bare(String lexical) {
    this.lexical = lexical;
  }

  /** Whether the lexical form alone is read back as this literal. */
  static boolean is(Literal literal) {
    String lexical = literal.lexical();
    if (literal.datatype().equals(Xsd.BOOLEAN)) {
      return lexical.equals("true") || lexical.equals("false");
    }
    if (literal.datatype().equals(Xsd.INTEGER)) {
      return new Bare(lexical).isInteger();
    }
    if (literal.datatype().equals(Xsd.DECIMAL)) {
      return new Bare(lexical).isDecimal();
    }
    return literal.datatype().equals(Xsd.DOUBLE) && new Bare(lexical).isDouble();
  }

  private boolean isInteger() {
    pass("+-");
    return digits() > 0 && isEnd();
  }

  private boolean isDecimal() {
    pass("+-");
    digits();
    return pass(".") && digits() > 0 && isEnd();
  }

  private boolean isDouble() {
    pass("+-");
    int count = digits();
    if (pass(".")) {
      count += digits();
    }
    if (count == 0 || !pass("eE")) {
      return false;
    }
    pass("+-");
    return digits() > 0 && isEnd();
  }

  private boolean pass(String any) {
    boolean isThere = at < lexical.length() && any.indexOf(lexical.charAt(at)) >= 0;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private int digits() {
    int from = at;
    while (at < lexical.length() && lexical.charAt(at) >= '0' && lexical.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }

  private boolean isEnd() {
    return at == lexical.length();
  }
}
