package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start script itself, in a world of its own: a folder that looks like a distribution or a
 * source tree, and a Java and a Maven that only say what they were asked.
 */
class ScriptTest {
  private record Ended(int code, String out, String err, long pid) {
    String lastLine() {
      return out.lines().reduce("", (earlier, later) -> later);
    }
  }

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "dirname",
          "readlink",
          "sed",
          "grep",
          "awk",
          "find",
          "cat",
          "head",
          "tee",
          "touch",
          "mv",
          "rm",
          "mkdir",
          "mktemp",
          "flock",
          "uname");

  /** Counts its calls and leaves behind what the real one would. */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      trap "printf '\\033[0m'" EXIT
      echo "$*" >>calls
      echo '[INFO] Building Mestral: node 1 [1/1]'
      echo '[INFO] noise'
      mkdir -p node/target/mestral/lib node/target/surefire-reports
      touch node/target/mestral/lib/mestral-node-1.jar
      """;

  @TempDir Path temp;
  private final Map<String, String> environment = new TreeMap<>();
  private Path tools;

  @BeforeEach
  void world() throws IOException {
    tools = Files.createDirectories(temp.resolve("tools"));
    for (String tool : TOOLS)
      for (String folder : List.of("/usr/bin", "/bin"))
        if (Files.exists(Path.of(folder, tool)) && !Files.exists(tools.resolve(tool)))
          Files.createSymbolicLink(tools.resolve(tool), Path.of(folder, tool));
    executable(tools.resolve("mosquitto_pub"), "#!/bin/true\n");
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", java("17.0.15+6").toString());
  }

  @Test
  void javaTakesThePlaceOfTheScript() throws Exception {
    Ended ended = distribution("up", "--data", "some where", "--set", "a=b");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("pid " + ended.pid() + "\n");
    assertThat(ended.out()).contains("<-XX:+ExitOnOutOfMemoryError>", "<-XX:+UseG1GC>");
    assertThat(ended.out())
        .contains("lib/mestral-node-1.jar>\n<up>\n<--data>\n<some where>\n<--set>\n<a=b>\n");
  }

  @Test
  void theEdgeProfileGetsASmallJvmWhereverItIsSet() throws Exception {
    Path file = Files.writeString(temp.resolve("edge.yaml"), "node:\n  profile: edge\n");

    assertThat(distribution("up", "--set", "node.profile=edge").out()).contains("+UseSerialGC");
    assertThat(distribution("up", "--set=node.profile=edge").out()).contains("+UseSerialGC");
    assertThat(distribution("up", "--config", file.toString()).out()).contains("+UseSerialGC");
    environment.put("MESTRAL_NODE_PROFILE", "edge");
    assertThat(distribution("up").out()).contains("+UseSerialGC");
    assertThat(distribution("up", "--set", "node.profile=cloud").out()).contains("+UseG1GC");
  }

  @Test
  void optionsForJavaComeLast() throws Exception {
    environment.put("MESTRAL_JAVA_OPTS", "-Xmx99m -Dx=y");

    assertThat(distribution("up").out()).contains("<-Xmx99m>\n<-Dx=y>\n<-jar>");
  }

  @Test
  void onlyANewJavaIsToldAboutUnsafeMemory() throws Exception {
    assertThat(distribution("version").out()).doesNotContain("unsafe");
    environment.put("JAVA_HOME", java("25.0.3+9-LTS").toString());
    assertThat(distribution("version").out()).contains("<--sun-misc-unsafe-memory-access=allow>");
  }

  @Test
  void preparedClassesAreUsedByTheJavaThatMadeThem() throws Exception {
    Path folder = distributionFolder();
    Files.writeString(folder.resolve("classes-17.0.15_6.jsa"), "classes");

    assertThat(run(folder, "up").out()).contains("classes-17.0.15_6.jsa>");
    environment.put("JAVA_HOME", java("17.0.16+1").toString());
    assertThat(run(folder, "up").out()).doesNotContain("jsa");
  }

  @Test
  void anOldJavaOrNoneIsRefusedWithThePackageToInstall() throws Exception {
    environment.put("JAVA_HOME", java("11.0.2+9").toString());

    Ended ended = distribution("up");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Java 17 or newer", "openjdk-17-jdk-headless");
    environment.remove("JAVA_HOME");
    assertThat(distribution("up").code()).isEqualTo(2);
  }

  @Test
  void anOldJavaHomeDoesNotHideABetterJavaOnThePath() throws Exception {
    environment.put("JAVA_HOME", java("11.0.2+9").toString());
    Files.createSymbolicLink(tools.resolve("java"), java("21.0.1+1").resolve("bin/java"));

    assertThat(distribution("version").out()).contains("<version>");
  }

  @Test
  void unknownVerbsNeedNoJava() throws Exception {
    environment.remove("JAVA_HOME");

    Ended ended = distribution("frobnicate");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("unknown verb frobnicate");
  }

  @Test
  void helpNeedsNoBuildInASourceTree() throws Exception {
    environment.remove("JAVA_HOME");

    assertThat(run(ROOT, "help", "up").out()).startsWith("mestral up [--data DIR]");
    assertThat(run(ROOT, "--help").out()).contains("mestral sim");
    assertThat(run(ROOT, "help", "demo").code()).isEqualTo(2);
    assertThat(run(ROOT).code()).isEqualTo(2);
    assertThat(run(ROOT).err()).contains("mestral up");
  }

  @Test
  void aSourceTreeIsBuiltOnceAndAgainWhenASourceChanged() throws Exception {
    Path tree = sourceTree(MAVEN);

    Ended first = run(tree, "version");
    assertThat(first.out()).contains("node/target/mestral/lib/mestral-node-1.jar>\n<version>");
    assertThat(first.err()).contains("Building Mestral: node").doesNotContain("noise");
    run(tree, "version");
    assertThat(tree.resolve("calls")).content().hasLineCount(1).contains("package -DskipTests");

    Files.writeString(tree.resolve("node/src/main/java/New.java"), "class New {}");
    run(tree, "version");
    assertThat(tree.resolve("calls")).content().hasLineCount(2);
  }

  @Test
  void aBuildThatFailsIsNotStarted() throws Exception {
    Ended ended = run(sourceTree("#!/usr/bin/env bash\necho '[ERROR] no'; exit 1\n"), "up");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("[ERROR] no", "the build failed");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void missingMavenIsNamedWithItsPackage() throws Exception {
    Path tree = sourceTree(MAVEN);
    Files.delete(tools.resolve("mvn"));

    Ended ended = run(tree, "up");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("install the package maven");
  }

  @Test
  void theTestsAreSummedUpOnTheLastLine() throws Exception {
    Ended ended =
        run(sourceTree(MAVEN + report("A", 5, 0, 0, 0) + report("B", 2, 0, 0, 0)), "test");

    assertThat(ended.lastLine()).isEqualTo("7 passed, 0 failed");
    assertThat(ended.code()).isZero();
  }

  @Test
  void errorsAreFailuresAndSkippedTestsAreTold() throws Exception {
    Path tree = sourceTree(MAVEN + report("A", 9, 1, 2, 3) + "exit 1\n");

    Ended ended = run(tree, "test");

    assertThat(ended.lastLine()).isEqualTo("3 passed, 3 failed, 3 skipped");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void aBuildThatBreaksWithoutAFailedTestIsAFailure() throws Exception {
    String breaks = "echo '[ERROR] Failed to execute goal x:checkstyle on y'\nexit 1\n";

    Ended ended = run(sourceTree(MAVEN + report("A", 4, 0, 0, 0) + breaks), "test");

    assertThat(ended.lastLine()).isEqualTo("4 passed, 1 failed");
    assertThat(ended.err()).contains("Failed to execute goal x:checkstyle on y");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void noTestAtAllIsAFailure() throws Exception {
    Ended ended = run(sourceTree(MAVEN), "test");

    assertThat(ended.lastLine()).isEqualTo("0 passed, 1 failed");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void reportsOfEarlierRunsDoNotCount() throws Exception {
    Path tree = sourceTree(MAVEN + report("A", 1, 0, 0, 0));
    Path old = Files.createDirectories(tree.resolve("broker/target/surefire-reports"));
    Files.writeString(old.resolve("TEST-Old.xml"), "<testsuite tests=\"99\" failures=\"9\">\n");

    assertThat(run(tree, "test").lastLine()).isEqualTo("1 passed, 0 failed");
  }

  @Test
  void oneModuleCanBeTested() throws Exception {
    Path tree = sourceTree(MAVEN + report("A", 1, 0, 0, 0));

    assertThat(run(tree, "test", "--only", "node").code()).isZero();
    assertThat(tree.resolve("calls")).content().contains("verify -pl node -am");
    assertThat(run(tree, "test", "--only", "cellar").code()).isEqualTo(2);
    assertThat(run(tree, "test", "--ony", "node").code()).isEqualTo(2);
  }

  @Test
  void fuzzersRunAsLongAsTheyAreTold() throws Exception {
    Path tree = sourceTree(MAVEN + report("A", 1, 0, 0, 0));

    assertThat(run(tree, "test", "--fuzz=2h").code()).isZero();
    assertThat(tree.resolve("calls"))
        .content()
        .contains("verify -pl broker -am -Dtest=FuzzTest -Dfuzz.seconds=7200");
    assertThat(run(tree, "test", "--fuzz").code()).isZero();
    assertThat(tree.resolve("calls")).content().contains("-Dfuzz.seconds=600");
    assertThat(run(tree, "test", "--fuzz=2").code()).isEqualTo(2);
  }

  @Test
  void aDistributionHasNoTests() throws Exception {
    assertThat(distribution("test").code()).isEqualTo(2);
  }

  private static String report(String name, int tests, int failures, int errors, int skipped) {
    return String.format(
        """
        cat >node/target/surefire-reports/TEST-%s.xml <<'END'
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite xmlns:xsi="x" name="%s" time="1.5" tests="%d" errors="%d" skipped="%d" failures="%d">
        </testsuite>
        END
        """,
        name, name, tests, errors, skipped, failures);
  }

  private Path java(String build) throws IOException {
    Path home = Files.createTempDirectory(temp, "java");
    Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"" + build + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    executable(
        home.resolve("bin/java"),
        "#!/usr/bin/env bash\necho \"pid $$\"\nprintf '<%s>\\n' \"$@\"\n");
    executable(home.resolve("bin/javac"), "#!/usr/bin/env bash\n");
    return home;
  }

  private Path distributionFolder() throws IOException {
    Path folder = Files.createTempDirectory(temp, "distribution");
    Files.copy(ROOT.resolve("mestral"), folder.resolve("mestral"));
    Files.createDirectories(folder.resolve("lib"));
    Files.createFile(folder.resolve("lib/mestral-node-1.jar"));
    return folder;
  }

  private Path sourceTree(String maven) throws IOException {
    Path tree = Files.createTempDirectory(temp, "tree");
    Files.copy(ROOT.resolve("mestral"), tree.resolve("mestral"));
    Files.createDirectories(tree.resolve("build"));
    Files.copy(ROOT.resolve("build/tests.sh"), tree.resolve("build/tests.sh"));
    Files.createDirectories(tree.resolve("node/src/main/java"));
    Files.createFile(tree.resolve("pom.xml"));
    Files.createFile(tree.resolve("node/pom.xml"));
    executable(tools.resolve("mvn"), maven);
    return tree;
  }

  private Ended distribution(String... arguments) throws Exception {
    return run(distributionFolder(), arguments);
  }

  private Ended run(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(folder.resolve("mestral").toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new Ended(
        process.waitFor(), Files.readString(out), Files.readString(err), process.pid());
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
