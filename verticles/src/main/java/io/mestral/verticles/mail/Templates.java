package io.mestral.verticles.mail;

import io.mestral.model.platform.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** The templates of all letters in all languages, beside this class. */
final class Templates {
  private static final String WITH_UNSUBSCRIBING = "footer_notice";
  private static final String WITHOUT = "footer";

  private final Map<Language, Map<LetterKind, Template>> letters = new EnumMap<>(Language.class);
  private final Map<Language, Template> footers = new EnumMap<>(Language.class);
  private final Map<Language, Template> noticeFooters = new EnumMap<>(Language.class);

  Templates() {
    for (Language language : Language.values()) {
      Map<LetterKind, Template> all = new EnumMap<>(LetterKind.class);
      for (LetterKind kind : LetterKind.values()) all.put(kind, read(language, kind.file()));
      letters.put(language, all);
      footers.put(language, read(language, WITHOUT));
      noticeFooters.put(language, read(language, WITH_UNSUBSCRIBING));
    }
  }

  Template of(LetterKind kind, Language language) {
    return letters.get(language).get(kind);
  }

  /** What stands below the letter. */
  Template footer(LetterKind kind, Language language) {
    return (kind.topic().isPresent() ? noticeFooters : footers).get(language);
  }

  private static Template read(Language language, String name) {
    String file = language.code() + "/" + name + ".txt";
    try (InputStream in = Templates.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("there is no template " + file);
      return Template.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
