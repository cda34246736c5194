package io.mestral.config;

import java.util.List;

/** The configuration can't be used; every reason is in it, a sentence each. */
public final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Takes the reasons; there is at least one. */
  public InvalidConfiguration(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Each names the key, the value unless it is a secret, and what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
