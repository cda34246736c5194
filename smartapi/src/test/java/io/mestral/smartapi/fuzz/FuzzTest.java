package io.mestral.smartapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Jazzer looks for inputs that break a reader, led by the code they reach, for {@code
 * -Dfuzz.seconds} each. It has a JVM of its own, so that it can instrument every class. What it
 * found before stands among the seeds and is tried first, here too.
 */
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);
  private static final String INSTRUMENTED = "io.mestral.**:org.apache.jena.riot.**";
  private static final Path SEEDS = Path.of("src/test/resources/io/mestral/smartapi/fuzz");
  private static final Path WORK = Path.of("target/fuzz");

  private static final List<Class<?>> TARGETS =
      List.of(
          TurtleFuzz.class,
          NTriplesFuzz.class,
          RdfXmlFuzz.class,
          JsonLdFuzz.class,
          MultipartFuzz.class,
          MessageFuzz.class);

  /** All at once: most of the time goes into starting them. */
  @Test
  void noInputBreaks() throws Exception {
    Map<Class<?>, Process> fuzzers = new LinkedHashMap<>();
    try {
      for (Class<?> target : TARGETS) {
        fuzzers.put(target, start(target));
      }
      for (Map.Entry<Class<?>, Process> fuzzer : fuzzers.entrySet()) {
        check(fuzzer.getKey(), fuzzer.getValue());
      }
    } finally {
      fuzzers.values().forEach(Process::destroyForcibly);
    }
  }

  private static Process start(Class<?> target) throws IOException {
    Path corpus = Files.createDirectories(WORK.resolve(target.getSimpleName()));
    return new ProcessBuilder(command(target, corpus, findings(target)))
        .redirectErrorStream(true)
        .redirectOutput(log(target).toFile())
        .start();
  }

  private static void check(Class<?> target, Process fuzzer) throws Exception {
    Path log = log(target);
    assertThat(fuzzer.waitFor(SECONDS + 240L, TimeUnit.SECONDS)).as("see %s", log).isTrue();
    assertThat(fuzzer.exitValue()).as("%s", report(log, findings(target))).isZero();
    assertThat(Files.readString(log)).contains("Done").doesNotContain("no interesting inputs");
  }

  private static Path log(Class<?> target) {
    return WORK.resolve(target.getSimpleName() + ".log");
  }

  private static Path findings(Class<?> target) {
    return WORK.resolve("finding-" + target.getSimpleName() + "-");
  }

  @Test
  void everySeedOfTurtleHolds() throws Exception {
    seeds(TurtleFuzz.class).forEach(TurtleFuzz::fuzzerTestOneInput);
  }

  @Test
  void everySeedOfNTriplesHolds() throws Exception {
    seeds(NTriplesFuzz.class).forEach(NTriplesFuzz::fuzzerTestOneInput);
  }

  @Test
  void everySeedOfJsonLdHolds() throws Exception {
    seeds(JsonLdFuzz.class).forEach(JsonLdFuzz::fuzzerTestOneInput);
  }

  @Test
  void everySeedOfMultipartHolds() throws Exception {
    seeds(MultipartFuzz.class).forEach(MultipartFuzz::fuzzerTestOneInput);
  }

  @Test
  void everySeedOfRdfXmlHolds() throws Exception {
    seeds(RdfXmlFuzz.class).forEach(RdfXmlFuzz::fuzzerTestOneInput);
  }

  @Test
  void everySeedOfMessagesHolds() throws Exception {
    seeds(MessageFuzz.class).forEach(MessageFuzz::fuzzerTestOneInput);
  }

  private static List<String> command(Class<?> target, Path corpus, Path findings) {
    List<String> command = new ArrayList<>(List.of("nice")); // other tests run beside it
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    if (Runtime.version().feature() >= 21) {
      command.add("-XX:+EnableDynamicAgentLoading");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=" + INSTRUMENTED);
    command.add("--custom_hook_includes=io.mestral.**");
    command.add("--reproducer_path=" + corpus.getParent());
    command.add("-max_total_time=" + SECONDS);
    command.add("-max_len=2048");
    command.add("-timeout=60"); // seconds that one input may take, on a busy machine
    command.add("-artifact_prefix=" + findings);
    command.add(corpus.toString());
    command.add(SEEDS.resolve(target.getSimpleName()).toString());
    return command;
  }

  /**
   * The end of the log, and the input as hex: as a file among the seeds it is a regression test.
   */
  private static String report(Path log, Path findings) throws Exception {
    StringBuilder report = new StringBuilder();
    try (Stream<Path> files = Files.list(WORK)) {
      for (Path file :
          files.filter(file -> file.toString().startsWith(findings.toString())).toList()) {
        report.append(file).append(": ").append(HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    List<String> lines = Files.readString(log, UTF_8).lines().toList();
    lines
        .subList(Math.max(0, lines.size() - 60), lines.size())
        .forEach(line -> report.append('\n').append(line));
    return report.toString();
  }

  private static List<byte[]> seeds(Class<?> target) throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(SEEDS.resolve(target.getSimpleName()))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    assertThat(seeds).isNotEmpty();
    return seeds;
  }
}
