package io.mestral.verticles.smartrequest.platform;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.value.Variant;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO 8601 durations as lengths of buckets: years or months or weeks of the calendar, or days and
 * smaller, which begin at midnight UTC.
 */
final class BucketLength {
  private static final Pattern CALENDAR = Pattern.compile("P(\\d{1,9})([YMW])");
  private static final long MOST_SECONDS = 999_999_999;

  private BucketLength() {}

  /**
   * The interval of a rollup, such as {@code 3600s}.
   *
   * @throws SmartApiException of type InvalidParams if it is no such length
   */
  static String interval(Variant bucket) {
    String text = bucket.asString();
    Matcher calendar = CALENDAR.matcher(text);
    if (calendar.matches() && Long.parseLong(calendar.group(1)) > 0)
      return calendar.group(1) + calendar.group(2).replace('Y', 'y').replace('W', 'w');
    try {
      Duration length = Duration.parse(text);
      long millis = length.toMillis();
      boolean isWhole = length.equals(Duration.ofMillis(millis));
      if (isWhole && millis > 0 && length.toSeconds() <= MOST_SECONDS)
        return millis % 1000 == 0 ? millis / 1000 + "s" : smaller(millis);
    } catch (DateTimeException | ArithmeticException none) {
      throw unfit(text);
    }
    throw unfit(text);
  }

  private static String smaller(long millis) {
    if (millis > MOST_SECONDS) throw unfit(millis + " ms");
    return millis + "ms";
  }

  private static SmartApiException unfit(String text) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The Input \"bucket\" is "
            + text
            + "; allowed are ISO 8601 durations above zero, of years, of months, of weeks, or of"
            + " days and smaller, such as P1M, P1W, P1D and PT1H.");
  }
}
