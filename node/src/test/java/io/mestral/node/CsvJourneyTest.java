package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real kit's card goes in with {@code admin import}, and comes out as CSV and by mail. */
class CsvJourneyTest {
  private static final String CARD = "sd-card-2018-12-06.csv";

  @TempDir Path folder;
  private Path data;
  private Path card;
  private GreenMail smtp;

  @BeforeEach
  void prepare() throws IOException {
    data = folder.resolve("data");
    card = folder.resolve(CARD);
    try (InputStream file = CsvJourneyTest.class.getResourceAsStream(CARD)) {
      Files.copy(file, card);
    }
    smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
  }

  @AfterEach
  void stop() {
    smtp.stop();
  }

  @Test
  void everyCellOfTheCardComesOutAsItWasWritten() throws Exception {
    try (NodeProcess node = NodeProcess.start(data)) {
      HttpProbe http = node.http(data);
      int device = http.post("/ops/v1/devices", "{\"name\":\"kit\"}").get(0).get("id").asInt();
      assertThat(admin("import", "" + device, card.toString()))
          .startsWith(card + ": kept, 1297 rows, ");
      Map<String, Map<Integer, String>> written = card();
      String[] lines =
          http.send("GET", "/v0/devices/" + device + "/readings.csv", "").body().split("\n");
      List<Integer> sensors =
          written.values().stream().flatMap(r -> r.keySet().stream()).distinct().sorted().toList();
      assertThat(lines).hasSize(written.size() + 1);
      assertThat(lines[0].split(",")).hasSize(sensors.size() + 1);
      for (int i = 1; i < lines.length; i++) {
        String[] cells = lines[i].split(",", -1);
        Map<Integer, String> row = written.get(cells[0]);
        for (int column = 0; column < sensors.size(); column++)
          assertThat(cells[column + 1])
              .as("sensor %d at %s", sensors.get(column), cells[0])
              .isEqualTo(row.getOrDefault(sensors.get(column), ""));
      }
      JsonNode history = http.get("/v0/devices/" + device + "/uploads");
      assertThat(history.get(0).get("file").asText()).isEqualTo(CARD);
    }
  }

  @Test
  void anArchiveAskedForBeforeAKillIsMadeAndMailedOnceAfterIt() throws Exception {
    String[] settings = {
      "mail.smtp=smtp://127.0.0.1:" + smtp.getSmtp().getPort(),
      "mail.from=Mestral <mestral@example.org>"
    };
    int device;
    String archive;
    try (NodeProcess node = NodeProcess.start(data, settings)) {
      device =
          node.http(data).post("/ops/v1/devices", "{\"name\":\"kit\"}").get(0).get("id").asInt();
      archive = "/v0/devices/" + device + "/readings/csv_archive";
      admin("import", "" + device, card.toString());
      assertThat(node.http(data).send("GET", archive, "").statusCode()).isEqualTo(200);
      node.kill(); // at whatever point it is
    }
    String link = "";
    for (int round = 0; round < 2; round++)
      try (NodeProcess node = NodeProcess.start(data, settings)) {
        HttpProbe http = node.http(data);
        waitFor(() -> http.get(archive(device)).get(0).get("state").asText().equals("ready"));
        waitFor(() -> smtp.getReceivedMessages().length > 0);
        assertThat(http.send("GET", archive, "").statusCode()).isEqualTo(420);
        link = http.get(archive(device)).get(0).get("url").asText();
        String name = link.substring(link.lastIndexOf('/') + 1);
        String file = http.as("").send("GET", archive(device) + "/" + name, "").body();
        assertThat(file)
            .isEqualTo(http.send("GET", "/v0/devices/" + device + "/readings.csv", "").body());
        assertThat(node.stop()).isZero();
      }
    assertThat(smtp.getReceivedMessages()).hasSize(1);
    String body = GreenMailUtil.getBody(smtp.getReceivedMessages()[0]);
    Matcher mailed =
        Pattern.compile("/exports/([\\w-]{43})\\.csv").matcher(body.replace("=\r\n", ""));
    assertThat(mailed.find()).as(body).isTrue();
    assertThat(link).contains(mailed.group(1));
  }

  private static String archive(int device) {
    return "/v0/devices/" + device + "/exports";
  }

  /** The verb in a process of its own, as a person runs it. */
  private String admin(String... words) throws Exception {
    List<String> command = Installation.get().command();
    command.add("admin");
    command.addAll(Arrays.asList(words));
    command.addAll(List.of("--data", data.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    return told;
  }

  /** The card's cells by time and sensor, in the form of an archive; a later row wins. */
  private Map<String, Map<Integer, String>> card() throws IOException {
    List<String> lines = Files.readAllLines(card, StandardCharsets.UTF_8);
    String[] sensors = lines.get(3).strip().split(",");
    Map<String, Map<Integer, String>> rows = new TreeMap<>();
    for (String line : lines.subList(4, lines.size())) {
      if (line.isBlank()) continue;
      String[] cells = line.strip().split(",");
      String time = cells[0].replace('T', ' ').replace("Z", " UTC");
      for (int i = 1; i < cells.length; i++)
        if (!cells[i].equals("none"))
          rows.computeIfAbsent(time, none -> new TreeMap<>())
              .put(Integer.valueOf(sensors[i]), plain(cells[i]));
    }
    return rows;
  }

  private static String plain(String number) {
    return new BigDecimal(number).signum() == 0
        ? "0"
        : new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) assertThat(System.nanoTime()).isLessThan(limit);
  }
}
