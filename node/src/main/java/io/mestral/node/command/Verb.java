package io.mestral.node.command;

import io.mestral.node.ExitCode;
import java.util.List;
import java.util.Optional;

/** One verb of the command line. */
interface Verb {
  /**
   * Does it.
   *
   * @return how the process ends; empty when it goes on until a signal comes
   * @throws UsageError when the arguments make no sense
   * @throws CommandFailure when it can't be done
   */
  Optional<ExitCode> run(List<String> args);
}
