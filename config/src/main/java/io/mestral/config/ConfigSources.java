package io.mestral.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration comes from; later parts win.
 *
 * @param file a YAML file
 * @param environment all variables of the process; those that begin with {@code MESTRAL_} count
 * @param assignments {@code KEY=VALUE} from the command line
 */
public record ConfigSources(
    Optional<Path> file, Map<String, String> environment, List<String> assignments) {

  /** Nothing but the given variables. */
  public static ConfigSources of(Map<String, String> environment) {
    return new ConfigSources(Optional.empty(), environment, List.of());
  }

  /** The same with a file. */
  public ConfigSources withFile(Path other) {
    return new ConfigSources(Optional.of(other), environment, assignments);
  }

  /** The same with one more {@code KEY=VALUE}, which wins over those before. */
  public ConfigSources with(String assignment) {
    List<String> all = new ArrayList<>(assignments);
    all.add(assignment);
    return new ConfigSources(file, environment, List.copyOf(all));
  }
}
