package io.mestral.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, in the letters a node's name may have. */
final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String current() {
    String plain = raw().strip().replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.isEmpty() ? "mestral" : plain.substring(0, Math.min(63, plain.length()));
  }

  /** The kernel is asked first: resolving the name can take seconds where DNS is away. */
  private static String raw() {
    try {
      return Files.exists(KERNEL)
          ? Files.readString(KERNEL)
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException nameless) {
      return "";
    }
  }
}
