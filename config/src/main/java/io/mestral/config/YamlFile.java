package io.mestral.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the settings of a YAML file, nested or dotted. Only YAML's syntax is used: no value is
 * turned into an object or a number on the way, so {@code 0123} stays a password and {@code 12:30}
 * a text.
 */
final class YamlFile {
  /** No key is deeper; it also ends a walk through aliases that go in circles. */
  private static final int MAX_DEPTH = 6;

  private final Path file;
  private final List<Setting> settings = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> problems;

  private YamlFile(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  static List<Setting> read(Path file, List<String> problems) {
    YamlFile yaml = new YamlFile(file, problems);
    try (Reader reader = Files.newBufferedReader(file)) {
      Node root = new Yaml(new LoaderOptions()).compose(reader);
      if (root != null) yaml.section("", root, 0);
    } catch (NoSuchFileException e) {
      problems.add("the configuration file " + file + " does not exist");
    } catch (MarkedYAMLException e) {
      problems.add(
          file + ":" + (e.getProblemMark().getLine() + 1) + " is not YAML: " + e.getProblem());
    } catch (YAMLException | IOException e) {
      problems.add("the configuration file " + file + " cannot be read: " + e.getMessage());
    }
    return yaml.settings;
  }

  private void section(String prefix, Node node, int depth) {
    if (depth > MAX_DEPTH) {
      problems.add(prefix + " is nested too deep (" + origin(node) + ")");
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) member(prefix, tuple, depth);
    } else {
      problems.add(origin(node) + ": expected a map of keys and values");
    }
  }

  private void member(String prefix, NodeTuple tuple, int depth) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(origin(tuple.getKeyNode()) + ": a key must be a text");
      return;
    }
    String name = prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue();
    Node value = tuple.getValueNode();
    if (value instanceof MappingNode) section(name, value, depth + 1);
    else if (isEmptySection(name, value)) return;
    else if (!seen.add(name)) problems.add(name + " is given twice (" + origin(value) + ")");
    else settings.add(new Setting(name, text(value), origin(value)));
  }

  /** All keys of a section may be commented out. */
  private static boolean isEmptySection(String name, Node value) {
    return value instanceof ScalarNode scalar
        && scalar.getValue().isEmpty()
        && Keys.names().anyMatch(known -> known.startsWith(name + "."));
  }

  private String text(Node value) {
    if (value instanceof ScalarNode scalar) return scalar.getValue();
    return ((SequenceNode) value)
        .getValue().stream()
            .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "[…]")
            .collect(Collectors.joining(","));
  }

  private String origin(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }
}
