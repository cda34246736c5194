package io.mestral.node.command;

import io.mestral.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind a verb: words, and options in their order.
 *
 * @param words what isn't an option
 * @param options each as {@code --name value} or {@code --name=value}, or {@code --name} alone for
 *     a switch
 */
record Arguments(List<String> words, List<Option> options) {
  /** One option; a switch has no value. */
  record Option(String name, String value) {}

  /** Everything that isn't named is a usage error: a mistyped option must not be ignored. */
  static Arguments parse(List<String> args, Set<String> valued, Set<String> switches) {
    List<String> words = new ArrayList<>();
    List<Option> options = new ArrayList<>();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!word.startsWith("--")) words.add(word);
      else if (switches.contains(word)) options.add(new Option(word, ""));
      else if (!valued.contains(name)) throw new UsageError("unknown option " + name);
      else if (equals >= 0) options.add(new Option(name, word.substring(equals + 1)));
      else if (rest.hasNext()) options.add(new Option(name, rest.next()));
      else throw new UsageError(name + " needs a value");
    }
    return new Arguments(List.copyOf(words), List.copyOf(options));
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  /** The last one wins. */
  Optional<String> find(String name) {
    return options.stream()
        .filter(option -> option.name().equals(name))
        .map(Option::value)
        .reduce((earlier, later) -> later);
  }

  Optional<Integer> count(String name, int most) {
    return find(name)
        .map(
            text -> {
              if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1)
                throw new UsageError(name + " takes a number from 1 to " + most + ", not " + text);
              int count = Integer.parseInt(text);
              if (count > most) throw new UsageError(name + " is at most " + most);
              return count;
            });
  }

  Optional<Duration> duration(String name) {
    return find(name)
        .map(
            text -> {
              try {
                return DurationText.parse(text);
              } catch (IllegalArgumentException e) {
                throw new UsageError(name + " takes " + DurationText.ALLOWED + ", not " + text);
              }
            });
  }

  void refuseWords() {
    if (!words.isEmpty()) throw new UsageError("unexpected argument " + words.get(0));
  }
}
