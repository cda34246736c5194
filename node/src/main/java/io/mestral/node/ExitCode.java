package io.mestral.node;

/** How the process ends, for whoever started it. */
public enum ExitCode {
  /** All went well; also after a stop by signal. */
  OK(0),
  /** Something failed that has no code of its own. */
  FAILED(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** A listener or a configured server cannot be reached at the start. */
  UNREACHABLE(3),
  /** The data folder is in use, not ours, or can't be written. */
  DATA_FOLDER(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number the process ends with. */
  public int number() {
    return number;
  }
}
