package io.mestral.verticles.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Picture;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
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

  private static Buffer picture(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) image.setRGB(x, y, 0xDD2211);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return Buffer.buffer(bytes.toByteArray());
  }
}
