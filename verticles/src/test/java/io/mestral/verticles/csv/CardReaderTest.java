package io.mestral.verticles.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.ingestion.Batch;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardReaderTest {
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");
  private static final String HEAD =
      """
      TIME,BATT,LIGHT,TEMP,NOISE_A
      ISO 8601,%,lux,C,dBA
      Time,Battery,Light,Temperature,Noise dBA
      ,10,14,55,53
      """;

  @Test
  void rowsBecomeEntriesWithTheirSensors() {
    Read read =
        read(HEAD + "2026-02-03T10:05:00Z,-1,0.00,21.85,54.99\n2026-02-03T10:06:00Z,98,,22.1,\n");
    assertThat(read.rows)
        .containsExactly(
            "2026-02-03T10:05:00Z 10=-1.0 14=0.0 55=21.85 53=54.99",
            "2026-02-03T10:06:00Z 10=98.0 55=22.1");
    assertThat(read.problems()).isEmpty();
    assertThat(read.tally().rows()).isEqualTo(2);
    assertThat(read.tally().sensors()).containsExactlyInAnyOrder(10, 14, 55, 53);
  }

  @Test
  void whatSaysNoValueIsNoValue() {
    Read read =
        read(
            HEAD
                + "2026-02-03T10:05:00Z,null,none,nan,7\n"
                + "2026-02-03T10:06:00Z,inf,ovf,NULL,None\n"
                + "2026-02-03T10:07:00Z,,,,\n");
    assertThat(read.rows).containsExactly("2026-02-03T10:05:00Z 53=7.0");
    assertThat(read.problems()).isEmpty();
    assertThat(read.tally().emptyRows()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void bothLineEndsAreTakenAndAMarkAtTheBeginning(String end) {
    String text = "\uFEFF" + HEAD + "2026-02-03T10:05:00Z,1,2,3,4\n\n";
    assertThat(read(text.replace("\n", end)).rows)
        .containsExactly("2026-02-03T10:05:00Z 10=1.0 14=2.0 55=3.0 53=4.0");
  }

  @Test
  void quotesOfASpreadsheetAndASpaceAreNoPartOfACell() {
    assertThat(read(HEAD + "\"2026-02-03 10:05:00\", 1 ,\"2.5\",\"\",4\n").rows)
        .containsExactly("2026-02-03T10:05:00Z 10=1.0 14=2.5 53=4.0");
  }

  @Test
  void columnsOfNoKnownSensorAreLeftOut() {
    Read read =
        read(HEAD.replace(",10,14,55,53", ",10,0,999,53") + "2026-02-03T10:05:00Z,1,2,3,4\n");
    assertThat(read.rows).containsExactly("2026-02-03T10:05:00Z 10=1.0 53=4.0");
    assertThat(read.tally().columnsLeftOut()).containsExactlyInAnyOrder(3, 4);
  }

  @Test
  void whatIsWrongIsToldWithItsLineAndCostsNothingElse() {
    Read read =
        read(
            HEAD
                + "2026-02-03T10:05:00Z,1,bad,3,4\n"
                + "yesterday,1,2,3,4\n"
                + ",1,2,3,4\n"
                + "2026-02-03T10:06:00Z,1,2,3,42026-02-03T10:07:00Z,1,2,3,4\n"
                + "2026-02-03T10:08:00Z,1,2\n");
    assertThat(read.rows)
        .containsExactly(
            "2026-02-03T10:05:00Z 10=1.0 55=3.0 53=4.0", "2026-02-03T10:08:00Z 10=1.0 14=2.0");
    assertThat(read.problems())
        .containsExactly(
            "5 column 3: 'bad' is no number",
            "6 'yesterday' is no time",
            "7 there is no time",
            "8 there are more cells than columns");
    assertThat(read.tally().rowsSkipped()).isEqualTo(3);
    assertThat(read.tally().cellsSkipped()).isEqualTo(1);
  }

  @Test
  void anEmptyCellAtTheEndOfTwoRowsInOneHidesThemNot() {
    String[] begun = {"", "2026-02-", "2026-02-03T10:06:00Z,", "2026-02-03T10:06:00Z,1,2"};
    for (String cut : begun) {
      Read read = read(HEAD + cut + "2026-02-03T10:07:00Z,1,2,3,\n");
      if (cut.isEmpty()) assertThat(read.rows).hasSize(1);
      else assertThat(read.rows).as(cut).isEmpty();
      assertThat(read.tally().rowsSkipped()).isEqualTo(cut.isEmpty() ? 0 : 1);
    }
    assertThat(read(HEAD + "2026-02-03T10:07:00Z,1,2,3,4,,,\n").rows).hasSize(1);
  }

  @Test
  void timesThatCantBeRightAreToldAndHandedOverToBeSetApart() {
    Read read = read(HEAD + "1970-01-01T00:00:09Z,1,2,3,4\n2026-02-05T10:05:00Z,1,2,3,4\n");
    assertThat(read.problems())
        .containsExactly("5 the time can't be right", "6 the time can't be right");
    assertThat(read.rows).hasSize(2);
    assertThat(read.tally().hasTimes()).isFalse();
  }

  @Test
  void theCellThatTheFileEndsInIsNotBelieved() {
    assertThat(read(HEAD + "2026-02-03T10:05:00Z,1,21.").rows)
        .containsExactly("2026-02-03T10:05:00Z 10=1.0");
    assertThat(read(HEAD + "2026-02-03T10:05:00Z,1,2,3,4").rows)
        .containsExactly("2026-02-03T10:05:00Z 10=1.0 14=2.0 55=3.0 53=4.0");
    assertThat(read(HEAD + "2026-02-0").problems()).containsExactly("5 '2026-02-0' is no time");
  }

  @Test
  void aRowThatAKitDidNotFinishLosesItsLastCell() {
    String card = (HEAD + "2026-02-03T10:05:00Z,1,2,3,24\n").replace("\n", "\r\n");
    String row = "2026-02-03T10:06:00Z,1,2,3,2345\r\n";
    for (int end = row.indexOf(",1,") + 3; end < row.length() - 1; end++) {
      Read read = read(card + row.substring(0, end)); // the power went before the line's end
      assertThat(read.rows).last().asString().doesNotContain("53=");
      assertThat(read.problems())
          .containsExactly(
              "6 the file ends within this line; its last cell may be cut and is left out");
    }
    for (String end : List.of("\r", "\r\n"))
      assertThat(read(card + row.strip() + end).rows).last().asString().endsWith("53=2345.0");
  }

  @Test
  void aLastLineWithoutEndThatNoKitWroteIsBelievedWithAllItsDecimals() {
    String card = HEAD + "2026-02-03T10:05:00Z,1,2,3,24.50\n2026-02-03T10:06:00Z,1,2,3,";
    assertThat(read(card + "23.45").rows).last().asString().endsWith("53=23.45");
    for (String cut : List.of("2", "23", "23.", "23.4")) {
      Read read = read(card + cut);
      assertThat(read.rows).last().isEqualTo("2026-02-03T10:06:00Z 10=1.0 14=2.0 55=3.0");
      assertThat(read.problems()).hasSize(1);
      assertThat(read.tally().cellsSkipped()).isEqualTo(1);
    }
  }

  @Test
  void anotherHeadChangesTheColumns() {
    Read read =
        read(
            HEAD
                + "2026-02-03T10:05:00Z,1,2,3,4\n"
                + "TIME,TEMP\n\nTime,Temperature\n,55\n2026-02-03T10:06:00Z,20\n"
                + "TIME,TEMP\n,\nTime,Temperature\nnothing\n2026-02-03T10:07:00Z,20\n"
                + HEAD
                + "2026-02-03T10:08:00Z,1,2,3,4\n");
    assertThat(read.rows)
        .containsExactly(
            "2026-02-03T10:05:00Z 10=1.0 14=2.0 55=3.0 53=4.0",
            "2026-02-03T10:06:00Z 55=20.0",
            "2026-02-03T10:08:00Z 10=1.0 14=2.0 55=3.0 53=4.0");
    assertThat(read.problems())
        .hasSize(2)
        .last()
        .asString()
        .isEqualTo("15 the head above this row can't be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "timestamp,Air Temperature\n2026-02-03 10:05:00 UTC,1\n",
        "TIME,A\nu\nTime,A\n",
        "TIME,A\nu\nTime,A\n2026-02-03T10:05:00Z,1\n",
        "TIME,A\nu\nTime,A\n,x\n2026-02-03T10:05:00Z,1\n",
        "TIME,A\nu\nTime,A\n,0,999\n2026-02-03T10:05:00Z,1\n",
        "{\"data\":[]}",
        "\u0000\u0001\u0002\n\n\n"
      })
  void aFileWithoutItsHeadIsRefusedWhole(String text) {
    Read read = read(text);
    assertThat(read.reader.refusal()).isPresent();
    assertThat(read.rows).isEmpty();
  }

  @Test
  void aLineWithoutEndTakesNoMemory() {
    CardReader reader = new CardReader(id -> id < 200, NOW);
    reader.take(Buffer.buffer(HEAD + "2026-02-03T10:05:00Z,1"));
    for (int i = 0; i < 1000; i++) reader.take(Buffer.buffer("9".repeat(1000)));
    List<CardReader.Part> parts = reader.take(Buffer.buffer("\n2026-02-03T10:06:00Z,1,2,3,4\n"));
    assertThat(parts).isEmpty();
    assertThat(reader.end()).hasSize(1);
    assertThat(reader.tally().problems())
        .containsExactly(new CardProblem(5, "the line is longer than 32768 bytes"));
  }

  @Test
  void longRowsWithLittleInThemTakeNoMemoryEither() {
    CardReader reader = new CardReader(id -> id < 200, NOW);
    reader.take(Buffer.buffer(HEAD));
    String row = "2026-02-03T10:05:00Z,1" + " ".repeat(10_000) + "\n";
    int length = 0;
    for (int i = 0; i < 100; i++)
      for (CardReader.Part part : reader.take(Buffer.buffer(row))) length += part.text().length();
    assertThat(length).isGreaterThan(500_000);
  }

  @Test
  void theTextOfRowsSaysWhichSensorsTheyAreOf() {
    String rows = "2026-02-03T10:05:00Z,1,2,3,4\n";
    List<CardReader.Part> parts = read(HEAD + rows + HEAD.replace("55", "56") + rows).parts;
    assertThat(parts).hasSize(1);
    assertThat(parts.get(0).text().toString())
        .isEqualTo(",10,14,55,53\n" + rows + ",10,14,56,53\n" + rows);
  }

  @Test
  void rowsWithImpossibleTimesArePartsOfTheirOwn() {
    List<CardReader.Part> parts =
        read(HEAD + "1999-02-03T10:05:00Z,1,2,3,4\n2026-02-03T10:05:00Z,1,2,3,4\n").parts;
    assertThat(parts).extracting(part -> part.batch().entries().size()).containsExactly(1, 1);
  }

  @Test
  void ofAFileThatIsBrokenOffTheCompleteRowsAreGiven() {
    CardReader reader = new CardReader(id -> id < 200, NOW);
    reader.take(Buffer.buffer(HEAD + "2026-02-03T10:05:00Z,1,2,3,4\n2026-02-03T10:06:00Z,1,2"));
    assertThat(rows(reader.breakOff()))
        .containsExactly("2026-02-03T10:05:00Z 10=1.0 14=2.0 55=3.0 53=4.0");
    assertThat(reader.tally().rows()).isEqualTo(1);
  }

  @Test
  void manyProblemsAreCountedAndSomeAreTold() {
    Read read = read(HEAD + "never,1\n".repeat(150));
    assertThat(read.problems()).hasSize(100);
    assertThat(read.tally().problemsLeftOut()).isEqualTo(50);
  }

  @Property(tries = 100)
  void piecesOfAnySizeReadAlike(@ForAll Random random) {
    StringBuilder text = new StringBuilder(HEAD.replace("\n", "\r\n"));
    for (int i = 0; i < 3000; i++)
      text.append(NOW.minusSeconds(9999 - i))
          .append(',')
          .append(random.nextInt(100) / 4.0)
          .append(random.nextInt(9) == 0 ? ",x" : ",1")
          .append(",,2\r\n");
    Read whole = read(text.toString());
    CardReader reader = new CardReader(id -> id < 200, NOW);
    List<CardReader.Part> parts = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(500));
      parts.addAll(reader.take(Buffer.buffer(text.substring(at, end))));
      at = end;
    }
    parts.addAll(reader.end());
    assertThat(rows(parts)).isEqualTo(whole.rows).hasSize(3000);
    assertThat(reader.tally().problems()).isEqualTo(whole.tally().problems());
  }

  private record Read(CardReader reader, List<CardReader.Part> parts, List<String> rows) {
    CardTally tally() {
      return reader.tally();
    }

    List<String> problems() {
      return tally().problems().stream().map(p -> p.line() + " " + p.reason()).toList();
    }
  }

  private static Read read(String text) {
    CardReader reader = new CardReader(id -> id < 200, NOW);
    List<CardReader.Part> parts = new ArrayList<>(reader.take(Buffer.buffer(text)));
    parts.addAll(reader.end());
    return new Read(reader, parts, rows(parts));
  }

  private static List<String> rows(List<CardReader.Part> parts) {
    List<String> rows = new ArrayList<>();
    for (CardReader.Part part : parts)
      for (Entry entry : part.batch().entries()) {
        StringBuilder row = new StringBuilder();
        row.append(Instant.ofEpochSecond(((Time.At) entry.time()).epochSecond()));
        for (Batch.Value value : entry.values())
          row.append(' ').append(value.sensor()).append('=').append(value.value());
        rows.add(row.toString());
      }
    return rows;
  }
}
