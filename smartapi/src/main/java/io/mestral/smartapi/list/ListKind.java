package io.mestral.smartapi.list;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Resource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The encodings of lists, with how long each may get (Smart API, sections 4.1 and 4.5). */
public enum ListKind {
  /** A chain of {@code rdf:first} and {@code rdf:rest}: any items, plain RDF, slow when long. */
  LINKED("LinkedList", 1_000, 100_000, "any items"),
  /** Entries with an index: any items, and gaps. */
  ORDERED("OrderedList", 100_000, 1_000_000, "any items"),
  /** Repeated values: any items, without order, equal ones once. */
  ITEMIZED("ItemizedList", 1_000_000, 2_000_000, "items without order"),
  /** One JSON array: numbers, truth values or texts of one kind, or tuples of them, and gaps. */
  NUDE("NudeList", 10_000_000, 10_000_000, "plain values of one kind");

  private final String title;
  private final int mostWritten;
  private final int mostRead;
  private final String use;

  ListKind(String title, int mostWritten, int mostRead, String use) {
    this.title = title;
    this.mostWritten = mostWritten;
    this.mostRead = mostRead;
    this.use = use;
  }

  /**
   * The kind's name in the Smart API.
   *
   * @return as in {@code OrderedList}
   */
  public String title() {
    return title;
  }

  /**
   * How many items are written at most.
   *
   * @return the number
   */
  public int mostWritten() {
    return mostWritten;
  }

  /**
   * How many items are read at most.
   *
   * @return the number
   */
  public int mostRead() {
    return mostRead;
  }

  void checkWritten(long count) {
    if (count > mostWritten) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          String.format(
              Locale.ROOT,
              "A %s of %,d items is too long: at most %,d are written. %s",
              title,
              count,
              mostWritten,
              advice(count)));
    }
  }

  void checkRead(long count, Resource node) {
    if (count > mostRead) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          String.format(
              Locale.ROOT,
              "A %s of %,d items or more is too long: at most %,d are read. %s",
              title,
              count,
              mostRead,
              advice(count)),
          node);
    }
  }

  /** Which kind would hold that many. */
  private String advice(long count) {
    Optional<ListKind> fitting =
        Arrays.stream(values())
            .filter(kind -> kind != this && kind.mostWritten >= count)
            .findFirst();
    return fitting
        .map(
            kind ->
                String.format(
                    Locale.ROOT,
                    "%s %s holds %s up to %,d.",
                    kind == NUDE ? "A" : "An",
                    kind.title,
                    kind.use,
                    kind.mostWritten))
        .orElse("No kind of list holds as many; send them in several lists.");
  }
}
