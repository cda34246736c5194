package io.mestral.model.platform;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts as they are searched: words of small letters and digits without accents, so that {@code
 * sant marti} finds {@code Sant Martí}.
 */
public final class FoldedText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  private FoldedText() {}

  /** The words of a text, in their order. */
  public static List<String> words(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String small = letters(plain.toLowerCase(Locale.ROOT));
    return Arrays.stream(BETWEEN.split(small)).filter(word -> !word.isEmpty()).toList();
  }

  /** All words of the texts, each with a blank before it and the last with one behind. */
  public static String of(Iterable<String> texts) {
    StringBuilder all = new StringBuilder(" ");
    for (String text : texts) for (String word : words(text)) all.append(word).append(' ');
    return all.toString();
  }

  /** Those that Unicode doesn't take apart. */
  private static String letters(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 'ß' -> plain.append("ss");
        case 'æ' -> plain.append("ae");
        case 'œ' -> plain.append("oe");
        case 'ø' -> plain.append('o');
        case 'đ', 'ð' -> plain.append('d');
        case 'ł' -> plain.append('l');
        case 'ı' -> plain.append('i');
        case 'þ' -> plain.append("th");
        default -> plain.append(c);
      }
    }
    return plain.toString();
  }
}
