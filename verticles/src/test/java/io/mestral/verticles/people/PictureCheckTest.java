package io.mestral.verticles.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Picture;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif"})
  void aPictureIsDrawnAnewAndSmall(String format) throws IOException {
    Picture kept = PictureCheck.redrawn(picture(format, 3000, 1500)).orElseThrow();
    assertThat(kept.type()).isEqualTo("image/jpeg");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(kept.bytes()));
    assertThat(image.getWidth()).isBetween(400, 512);
    assertThat(image.getHeight()).isBetween(200, 256);
    int colour = image.getRGB(100, 100);
    assertThat(colour >> 16 & 255).as("red").isGreaterThan(180);
    assertThat(colour & 255).as("blue").isLessThan(80);
  }

  @Test
  void aSmallOneIsNotBlownUp() throws IOException {
    Picture kept = PictureCheck.redrawn(picture("png", 20, 10)).orElseThrow();
    assertThat(ImageIO.read(new ByteArrayInputStream(kept.bytes())).getWidth()).isEqualTo(20);
  }

  @Test
  void whatStoodBesideThePictureIsGone() throws IOException {
    Buffer more = picture("png", 20, 10).appendString("<script>alert(1)</script>");
    byte[] kept = PictureCheck.redrawn(more).orElseThrow().bytes();
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("script");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "\u0089PNG\r\n\u001a\n and nothing more",
        "GIF89a"
      })
  void whatIsNoPictureIsRefused(String file) {
    assertThat(PictureCheck.redrawn(Buffer.buffer(file.getBytes(StandardCharsets.ISO_8859_1))))
        .isEmpty();
  }

  @Test
  void aFewBytesThatClaimMillionsOfPixelsAreRefused() throws IOException {
    Buffer bomb = picture("png", 20, 10);
    bomb.setInt(16, 60_000).setInt(20, 60_000); // width and height in the header
    assertThat(PictureCheck.redrawn(bomb)).isEmpty();
  }

  @Test
  void aJpegOfMorePixelsThanAreDrawnIsRefused() throws IOException {
    assertThat(PictureCheck.redrawn(claiming(5000, 5000))).isPresent();
    assertThat(PictureCheck.redrawn(claiming(5001, 5000))).isEmpty();
    assertThat(PictureCheck.redrawn(claiming(65_000, 65_000))).isEmpty();
  }

  @Test
  void aJpegWithFewScansIsDrawnOneWithManyRefused() throws IOException {
    Buffer file = progressive();
    int scans = JpegScans.in(file.getBytes());
    assertThat(scans).isBetween(2, 20);
    assertThat(PictureCheck.redrawn(repeating(file, 20 - scans))).isPresent();
    assertThat(PictureCheck.redrawn(repeating(file, 21 - scans))).isEmpty();
    assertThat(PictureCheck.redrawn(repeating(file, 3000))).isEmpty();
  }

  @Test
  void scansOfAPictureWithinAPictureOrBehindItDoNotCount() throws IOException {
    Buffer file = progressive();
    Buffer scans = Buffer.buffer();
    for (int i = 0; i < 100; i++) scans.appendUnsignedShort(0xFFDA);
    Buffer within =
        Buffer.buffer()
            .appendBuffer(file.slice(0, 2))
            .appendUnsignedShort(0xFFE1) // of a camera
            .appendUnsignedShort(2 + scans.length())
            .appendBuffer(scans)
            .appendBuffer(file.slice(2, file.length()))
            .appendBuffer(scans);
    assertThat(JpegScans.in(within.getBytes())).isEqualTo(JpegScans.in(file.getBytes()));
    assertThat(PictureCheck.redrawn(within)).isPresent();
  }

  /** A small one whose header says otherwise: decoders fill up what is missing. */
  private static Buffer claiming(int width, int height) throws IOException {
    Buffer file = picture("jpeg", 16, 16);
    int frame = indexOf(file, 0xFFC0, 0);
    return file.setUnsignedShort(frame + 5, height).setUnsignedShort(frame + 7, width);
  }

  private static Buffer progressive() throws IOException {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam many = writer.getDefaultWriteParam();
    many.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), many);
    } finally {
      writer.dispose();
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** With its last scan so many times more. */
  private static Buffer repeating(Buffer file, int times) {
    int end = file.length() - 2;
    int last = 0;
    for (int at = indexOf(file, 0xFFDA, 0); at >= 0; at = indexOf(file, 0xFFDA, at + 1)) last = at;
    Buffer longer = file.getBuffer(0, end);
    for (int i = 0; i < times; i++) longer.appendBuffer(file.slice(last, end));
    return longer.appendBuffer(file.slice(end, file.length()));
  }

  private static int indexOf(Buffer file, int marker, int from) {
    for (int at = from; at + 1 < file.length(); at++)
      if (file.getUnsignedShort(at) == marker) return at;
    return -1;
  }

  private static Buffer picture(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) image.setRGB(x, y, 0xDD2211);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return Buffer.buffer(bytes.toByteArray());
  }
}
