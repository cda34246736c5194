package io.mestral.node;

import io.mestral.node.command.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What nodes are started from in processes of their own: jars only, and the classes that a start
 * loads recorded beforehand, as in a distribution. Made once per JVM of tests, which costs less
 * than what three starts save.
 */
final class Installation {
  /** Nodes of tests live for seconds; what is measured may want the optimising compiler. */
  private static final List<String> JVM =
      List.of(
          Optional.ofNullable(System.getenv("NODE_JVM"))
              .orElse("-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1")
              .split(" +"));

  private static final String REHEARSAL = Main.class.getPackageName() + ".Rehearsal";
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final String classPath;

  private Installation(Path folder) throws IOException {
    this.folder = folder;
    this.classPath = jars(folder);
  }

  private static final class Holder {
    private static final Installation MADE = make();
  }

  /** The one of this JVM. */
  static Installation get() {
    return Holder.MADE;
  }

  /** The command that starts a node, up to its verb. */
  List<String> command() {
    List<String> command = new ArrayList<>(java("-XX:SharedArchiveFile=" + archive()));
    command.add(Main.class.getName());
    return command;
  }

  private static Installation make() {
    try {
      Path folder = Files.createTempDirectory("mestral-installation");
      Installation made = new Installation(folder);
      java.lang.Runtime.getRuntime().addShutdownHook(new Thread(made::remove));
      made.record();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void record() throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(java("-XX:ArchiveClassesAtExit=" + archive()));
    command.addAll(List.of(REHEARSAL, folder.resolve("data").toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0 || !Files.exists(archive()))
      throw new IllegalStateException(
          "the start could not be rehearsed:\n" + Files.readString(log));
  }

  private List<String> java(String archiving) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(JVM);
    command.addAll(List.of(archiving, "-cp", classPath));
    return command;
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  /** The class path of the tests with a jar for each folder: the JVM records none of folders. */
  private static String jars(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve(jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else if (Files.exists(path)) {
        jars.add(path.toAbsolutePath().toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(folder)) {
      out.setLevel(0);
      for (Path file : all.filter(one -> !one.equals(folder)).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        boolean isFolder = Files.isDirectory(file); // resources are looked for by their folders
        out.putNextEntry(new ZipEntry(isFolder ? name + "/" : name));
        if (!isFolder) Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private void remove() {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
