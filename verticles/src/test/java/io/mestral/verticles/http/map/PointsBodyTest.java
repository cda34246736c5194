package io.mestral.verticles.http.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PointsBodyTest {
  @Test
  void piecesCompressedForThemselvesAreTheWholeCompressed() throws IOException {
    Random random = new Random(7);
    List<Piece> pieces = new ArrayList<>();
    for (int length : new int[] {0, 1, 63, 64, 65, 5_000, 65_536, 300_000, 2}) {
      byte[] text = new byte[length];
      for (int i = 0; i < length; i++) text[i] = (byte) ('0' + random.nextInt(10));
      pieces.add(new Piece(text));
    }
    byte[] noise = new byte[200_000]; // longer compressed than as it is
    random.nextBytes(noise);
    pieces.add(new Piece(noise));
    PointsBody body = new PointsBody(pieces);
    assertThat(Buffer.buffer(unzipped(body.gzip()))).isEqualTo(body.plain());
    assertThat(Buffer.buffer(unzipped(new PointsBody(List.of()).gzip())))
        .isEqualTo(Buffer.buffer());
  }

  @Test
  void theTagChangesWithTheTextAndOnlyWithIt() {
    PointsBody body = new PointsBody(List.of(Piece.of("[1,2"), Piece.of("]")));
    assertThat(body.etag())
        .isEqualTo(new PointsBody(List.of(Piece.of("[1,2"), Piece.of("]"))).etag())
        .isNotEqualTo(new PointsBody(List.of(Piece.of("[1,3"), Piece.of("]"))).etag())
        .isNotEqualTo(new PointsBody(List.of(Piece.of("]"), Piece.of("[1,2"))).etag());
  }

  @Test
  void numbersAndTextsAreJson() {
    ColumnText column = new ColumnText(0);
    column.add(12.0);
    column.add(-0.25);
    column.add(1e300);
    column.add(Double.NaN);
    column.addNull();
    column.add(1_770_000_000L);
    column.add("à \"côté\"\n\u0001 😀");
    assertThat(new String(column.piece().text(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("12,-0.25,1.0E300,null,null,1770000000,\"à \\\"côté\\\"\\n\\u0001 😀\"");
  }

  private static byte[] unzipped(Buffer gzip) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip.getBytes())).readAllBytes();
  }
}
