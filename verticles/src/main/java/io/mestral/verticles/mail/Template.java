package io.mestral.verticles.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A letter with gaps, read from a file: its subject in the first line, then paragraphs between
 * empty lines. A paragraph is a text, a list of which every line is told for each row ({@code -
 * …}), or a link ({@code [label](address)}). {@code {name}} is a gap. One text makes both forms of
 * a mail.
 */
final class Template {
  private static final Pattern GAP = Pattern.compile("\\{([a-z_]+)}");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\((.+)\\)");
  private static final String ITEM = "- ";

  private final String subject;
  private final List<String> paragraphs;

  private Template(String subject, List<String> paragraphs) {
    this.subject = subject;
    this.paragraphs = List.copyOf(paragraphs);
  }

  static Template parse(String file) {
    String[] parts = file.strip().split("\\R{2,}");
    return new Template(parts[0].strip(), List.of(parts).subList(1, parts.length));
  }

  String subject() {
    return subject;
  }

  /** Everything behind the subject, for people who read plain text. */
  String text(Values values) {
    List<String> told = new ArrayList<>();
    for (String paragraph : paragraphs) {
      Matcher link = LINK.matcher(paragraph);
      if (link.matches())
        told.add(fill(link.group(1) + ":\n" + link.group(2), values.texts(), text -> text));
      else if (paragraph.startsWith(ITEM))
        told.add(rows(paragraph, values, text -> text, "", "\n").stripTrailing());
      else told.add(fill(paragraph, values.texts(), text -> text));
    }
    return String.join("\n\n", told) + "\n";
  }

  /** The same as HTML, a paragraph a line. */
  String html(Values values) {
    StringBuilder html = new StringBuilder();
    for (String paragraph : paragraphs) {
      Matcher link = LINK.matcher(paragraph);
      if (link.matches()) html.append(anchor(link, values));
      else if (paragraph.startsWith(ITEM))
        html.append("<ul>\n")
            .append(rows(paragraph, values, Html::escaped, "<li>", "</li>\n"))
            .append("</ul>\n");
      else
        html.append("<p>")
            .append(fill(paragraph, values.texts(), Html::escaped).replace("\n", "<br>\n"))
            .append("</p>\n");
    }
    return html.toString();
  }

  private static String anchor(Matcher link, Values values) {
    return "<p><a href=\""
        + fill(link.group(2), values.texts(), Html::escaped)
        + "\">\n"
        + fill(link.group(1), values.texts(), Html::escaped)
        + "</a></p>\n";
  }

  private static String rows(
      String paragraph, Values values, UnaryOperator<String> safe, String before, String after) {
    StringBuilder told = new StringBuilder();
    String line = before.isEmpty() ? paragraph : paragraph.substring(ITEM.length());
    for (Map<String, String> row : values.rows())
      told.append(before).append(fill(line, row, safe)).append(after);
    return told.toString();
  }

  /** A gap that nothing is for is a mistake in the program. */
  private static String fill(String line, Map<String, String> texts, UnaryOperator<String> safe) {
    return GAP.matcher(line)
        .replaceAll(
            gap -> {
              String text = texts.get(gap.group(1));
              if (text == null) throw new IllegalArgumentException("nothing for " + gap.group());
              return Matcher.quoteReplacement(safe.apply(text));
            });
  }
}
