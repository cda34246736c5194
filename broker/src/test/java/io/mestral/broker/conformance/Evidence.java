package io.mestral.broker.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which tests of this module show which statements. */
final class Evidence {
  private final SortedMap<String, Set<String>> tests = new TreeMap<>();

  private Evidence() {}

  /** Looks through all compiled test classes. */
  static Evidence ofThisModule() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Evidence.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Evidence evidence = new Evidence();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith("Test.class"))
          .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
          .sorted()
          .forEach(evidence::add);
    }
    return evidence;
  }

  /** The statements that tests claim to show. */
  Set<String> statements() {
    return tests.keySet();
  }

  /** The tests of a statement, class and method. */
  List<String> of(Statements.Listed statement) {
    return List.copyOf(tests.getOrDefault(statement.id(), Set.of()));
  }

  private void add(String className) {
    Class<?> type = load(className);
    for (Method method : type.getDeclaredMethods()) {
      Statement annotation = method.getAnnotation(Statement.class);
      if (annotation == null) continue;
      for (String id : annotation.value())
        tests
            .computeIfAbsent(id, none -> new TreeSet<>())
            .add(type.getSimpleName() + "." + method.getName());
    }
  }

  private static Class<?> load(String className) {
    try {
      return Class.forName(className, false, Evidence.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
