package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
  @TempDir Path folder;
  private final List<String> problems = new ArrayList<>();

  @Test
  void nestedAndDottedKeysMeanTheSame() throws IOException {
    assertThat(read("a:\n  b.c: 1\n  d: x\na.e: 2\n"))
        .extracting(setting -> setting.name() + "=" + setting.text())
        .containsExactly("a.b.c=1", "a.d=x", "a.e=2");
    assertThat(problems).isEmpty();
  }

  @Test
  void textStaysAsItIsWritten() throws IOException {
    assertThat(read("a: 0123\nb: 12:30\nc: yes\nd: 1_000\ne: 1.50\nf: 2026-11-22\n"))
        .extracting(Setting::text)
        .containsExactly("0123", "12:30", "yes", "1_000", "1.50", "2026-11-22");
  }

  @Test
  void anEmptyFileAndAnEmptySectionSayNothing() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("# nothing yet\nmqtt:\n")).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void aKeyGivenTwiceIsAProblem() throws IOException {
    read("mqtt:\n  port: 1\nmqtt.port: 2\n");

    assertThat(problems).singleElement().asString().contains("mqtt.port is given twice", ":3)");
  }

  @Test
  void aFileThatIsNotYamlIsNamedWithTheLine() throws IOException {
    read("mqtt:\n  port: [1\nhttp: 2\n");

    assertThat(problems).singleElement().asString().contains("mestral.yaml:3 is not YAML");
  }

  @Test
  void aListWhereAMapBelongsIsAProblem() throws IOException {
    read("- mqtt\n- http\n");

    assertThat(problems).singleElement().asString().contains("expected a map");
  }

  @Test
  void aliasesInACircleEnd() throws IOException {
    read("a: &a\n  b: *a\n");

    assertThat(problems).isNotEmpty();
  }

  @Test
  void aTagMakesNoObject() throws IOException {
    assertThat(read("a: !!java.net.URL [\"http://127.0.0.1:1/\"]\n")).isEmpty();
    assertThat(problems).singleElement().asString().contains("Global tag is not allowed");
  }

  @Test
  void aMissingFileIsAProblem() {
    YamlFile.read(folder.resolve("absent.yaml"), problems);

    assertThat(problems).singleElement().asString().contains("absent.yaml does not exist");
  }

  private List<Setting> read(String text) throws IOException {
    return YamlFile.read(Files.writeString(folder.resolve("mestral.yaml"), text), problems);
  }
}
