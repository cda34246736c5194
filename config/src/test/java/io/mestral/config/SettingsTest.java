package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void eachValueIsPrintedWithItsOrigin() throws IOException {
    Path file = Files.writeString(folder.resolve("mestral.yaml"), "mqtt:\n  port: 1\n");
    ConfigSources sources =
        ConfigSources.of(Map.of("MESTRAL_NODE_PROFILE", "edge"))
            .withFile(file)
            .with("log.level=warn");

    String yaml = ConfigReader.read(sources).toYaml();

    assertThat(yaml.lines())
        .anyMatch(line -> line.matches("mqtt.port: 1 +# .*mestral.yaml:2"))
        .anyMatch(line -> line.matches("node.profile: edge +# environment MESTRAL_NODE_PROFILE"))
        .anyMatch(line -> line.matches("log.level: warn +# command line"))
        .anyMatch(line -> line.matches("http.port: 8080 +# default"))
        .anyMatch(line -> line.matches("mqtt.queue.max-bytes: 8 MiB +# default of profile edge"))
        .anyMatch(line -> line.matches("#node.public-url: +# not set; .*"));
  }

  @Test
  void whatIsPrintedReadsBackTheSame() throws IOException {
    ConfigSources sources =
        ConfigSources.of(Map.of())
            .with("data.dir=/a \"b\" # c: \\d")
            .with("storage.sync=interval:5ms")
            .with("node.public-url=http://[::1]:99/x")
            .with("mqtt.max-keep-alive=1m");
    Settings settings = ConfigReader.read(sources);

    Path printed = Files.writeString(folder.resolve("printed.yaml"), settings.toYaml());

    assertThat(ConfigReader.read(ConfigSources.of(Map.of()).withFile(printed)).toConfig())
        .isEqualTo(settings.toConfig());
  }
}
