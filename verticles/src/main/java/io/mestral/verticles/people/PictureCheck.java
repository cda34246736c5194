package io.mestral.verticles.people;

import io.mestral.storage.Picture;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws what people send as their picture anew, as a JPEG of at most {@value #SIDE} pixels a side:
 * nothing that stood in the file beside the picture (places, scripts, other files) gets out again.
 */
public final class PictureCheck {
  /** How large what is sent may be. */
  public static final int LARGEST_FILE = 4 << 20;

  private static final int SIDE = 512;
  private static final int LONGEST_SIDE = 12_000;

  /** Decoders of progressive JPEGs hold some six bytes for each, whatever is read of them. */
  private static final long MOST_PIXELS = 25_000_000;

  /** Encoders make ten. */
  private static final int MOST_SCANS = 20;

  /** What is drawn, in words for who sent something else. */
  public static final String ALLOWED =
      "must be a JPEG, PNG or GIF of at most 4 MiB and 25 megapixels"
          + " (a progressive JPEG: of at most 20 scans)";

  /** A picture is read with so many pixels a side at least: a small file may claim very many. */
  private static final int READ_SIDE = 2 * SIDE;

  private static final Set<String> FORMATS = Set.of("jpeg", "jpg", "png", "gif");
  private static final int WHITE = 255;

  private PictureCheck() {}

  /** The picture as it is kept; empty when it is none, or too large. Takes a while. */
  public static Optional<Picture> redrawn(Buffer file) {
    byte[] bytes = file.getBytes();
    if (bytes.length > LARGEST_FILE || JpegScans.in(bytes) > MOST_SCANS) return Optional.empty();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) return Optional.empty();
      ImageReader reader = readers.next();
      try {
        if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT)))
          return Optional.empty();
        reader.setInput(in, true, true);
        return redrawn(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException damaged) { // decoders throw whatever comes to hand
      return Optional.empty();
    }
  }

  private static Optional<Picture> redrawn(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    int longest = Math.max(width, height);
    if (Math.min(width, height) < 1 || longest > LONGEST_SIDE) return Optional.empty();
    if ((long) width * height > MOST_PIXELS) return Optional.empty();
    ImageReadParam fewer = reader.getDefaultReadParam();
    int step = Math.max(1, longest / READ_SIDE);
    fewer.setSourceSubsampling(step, step, 0, 0);
    byte[] jpeg = jpeg(shrunk(reader.read(0, fewer)));
    return jpeg.length > Picture.MAX_BYTES
        ? Optional.empty()
        : Optional.of(new Picture(UUID.randomUUID().toString(), "image/jpeg", jpeg));
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "jpeg", out)) throw new IOException("nothing writes JPEG here");
    }
    return bytes.toByteArray();
  }

  /** By hand: drawing tools of the JDK may look for a screen. */
  private static BufferedImage shrunk(BufferedImage image) {
    double scale = Math.max(1.0, Math.max(image.getWidth(), image.getHeight()) / (double) SIDE);
    int width = Math.max(1, (int) (image.getWidth() / scale));
    int height = Math.max(1, (int) (image.getHeight() / scale));
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) drawn.setRGB(x, y, mean(image, x * scale, y * scale, scale));
    return drawn;
  }

  /** The mean colour of a square, on white. */
  private static int mean(BufferedImage image, double left, double top, double side) {
    int right = Math.min(image.getWidth(), Math.max((int) left + 1, (int) (left + side)));
    int bottom = Math.min(image.getHeight(), Math.max((int) top + 1, (int) (top + side)));
    long red = 0;
    long green = 0;
    long blue = 0;
    int number = 0;
    for (int y = (int) top; y < bottom; y++)
      for (int x = (int) left; x < right; x++) {
        int argb = image.getRGB(x, y);
        int alpha = argb >>> 24;
        red += onWhite(argb >> 16 & 255, alpha);
        green += onWhite(argb >> 8 & 255, alpha);
        blue += onWhite(argb & 255, alpha);
        number++;
      }
    return (int) (red / number) << 16 | (int) (green / number) << 8 | (int) (blue / number);
  }

  private static int onWhite(int colour, int alpha) {
    return (colour * alpha + WHITE * (255 - alpha)) / 255;
  }
}
