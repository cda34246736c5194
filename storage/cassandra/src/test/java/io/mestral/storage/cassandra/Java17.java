package io.mestral.storage.cassandra;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java 17, which Cassandra 5.0 needs: it installs a security policy, and later ones refuse that.
 */
final class Java17 {
  private static final String FOLDER_OF_SYSTEM_JVMS = "/usr/lib/jvm";
  private static final List<String> OPEN =
      List.of(
          "java.lang",
          "java.lang.module",
          "java.lang.reflect",
          "java.io",
          "java.nio",
          "java.net",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "jdk.internal.loader",
          "jdk.internal.math",
          "jdk.internal.module",
          "jdk.internal.ref",
          "jdk.internal.reflect",
          "jdk.internal.util.jar");

  private Java17() {}

  /** Its program; without one the test is skipped, and fails where everything must be there. */
  static Path program() {
    Optional<Path> found = homes().filter(Java17::isJava17).findFirst();
    if (found.isPresent()) return found.get().resolve("bin/java");
    String lack = "Cassandra needs a Java 17: in JAVA_HOME, on the PATH or in /usr/lib/jvm";
    if (System.getenv("CI") != null) throw new IllegalStateException(lack);
    return abort(lack);
  }

  private static Stream<Path> homes() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
    for (String place : System.getenv().getOrDefault("PATH", "").split(":"))
      real(Path.of(place, "java")).map(java -> java.getParent().getParent()).ifPresent(homes::add);
    Path system = Path.of(FOLDER_OF_SYSTEM_JVMS);
    if (Files.isDirectory(system))
      try (DirectoryStream<Path> all = Files.newDirectoryStream(system)) {
        all.forEach(homes::add);
      } catch (IOException unreadable) {
        throw new IllegalStateException(unreadable);
      }
    return homes.stream();
  }

  private static Optional<Path> real(Path program) {
    try {
      return Files.isExecutable(program) ? Optional.of(program.toRealPath()) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isJava17(Path home) {
    try {
      Path release = home.resolve("release");
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.exists(release)
          && Files.readString(release).contains("JAVA_VERSION=\"17");
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** What Cassandra reaches into. */
  static List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add("-Djdk.attach.allowAttachSelf=true");
    for (String each : List.of("jdk.internal.misc", "jdk.internal.ref", "sun.nio.ch"))
      flags.add("--add-exports=java.base/" + each + "=ALL-UNNAMED");
    flags.add("--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED");
    for (String each : List.of("registry", "server", "transport.tcp"))
      flags.add("--add-exports=java.rmi/sun.rmi." + each + "=ALL-UNNAMED");
    flags.add("--add-exports=java.sql/java.sql=ALL-UNNAMED");
    for (String each : OPEN) flags.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
    flags.add("--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
    return flags;
  }
}
