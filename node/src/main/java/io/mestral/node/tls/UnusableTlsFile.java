package io.mestral.node.tls;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of a TLS port can't be used; the message names its key, the file, and what is wrong. */
public final class UnusableTlsFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnusableTlsFile(String message, Throwable cause) {
    super(message, cause);
  }

  static UnusableTlsFile because(String key, Path file, String what) {
    return new UnusableTlsFile("cannot use " + file + " (" + key + "): " + what, null);
  }

  static UnusableTlsFile because(String key, Path file, String what, Throwable cause) {
    return new UnusableTlsFile(
        "cannot use " + file + " (" + key + "): " + what + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof NoSuchFileException) return "there is no such file";
    if (cause instanceof AccessDeniedException) return "permission denied";
    if (cause instanceof FileSystemException system && system.getReason() != null)
      return system.getReason();
    return String.valueOf(cause.getMessage());
  }
}
