package io.mestral.node;

import java.net.BindException;

/** The node can't start; the message is for the operator, the code for whoever started it. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private StartFailure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A listener can't take its address, most often because another program has it. */
  public static StartFailure cannotListen(String key, String host, int port, Throwable cause) {
    String why =
        cause instanceof BindException
            ? "the address is in use or not of this machine"
            : String.valueOf(cause.getMessage());
    return new StartFailure(
        ExitCode.UNREACHABLE,
        "cannot listen on " + host + " port " + port + " (" + key + "): " + why,
        cause);
  }

  /** A server that the configuration names can't be reached, or can't be used. */
  public static StartFailure cannotUse(String key, RuntimeException cause) {
    return new StartFailure(
        ExitCode.UNREACHABLE, "cannot use " + key + ": " + cause.getMessage(), cause);
  }

  /** A server answers, and what is there can't be used; the message says why and what to do. */
  public static StartFailure cannotUse(String key, String why) {
    return new StartFailure(ExitCode.UNREACHABLE, "cannot use " + key + ": " + why, null);
  }

  /** What the configuration names can't be used; the message says key, value and why. */
  public static StartFailure configuration(String message, Throwable cause) {
    return new StartFailure(ExitCode.USAGE, message, cause);
  }

  /** The folder can't be used. */
  public static StartFailure dataFolder(String message) {
    return new StartFailure(ExitCode.DATA_FOLDER, message, null);
  }

  /** The folder can't be used, because the system says so. */
  public static StartFailure dataFolder(String message, Throwable cause) {
    return new StartFailure(ExitCode.DATA_FOLDER, message, cause);
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
