package io.mestral.node;

import java.io.PrintStream;

/**
 * Where the command line speaks.
 *
 * @param out what was asked for
 * @param err everything else
 */
public record Console(PrintStream out, PrintStream err) {

  /** The process's own. */
  public static Console standard() {
    return new Console(System.out, System.err);
  }
}
