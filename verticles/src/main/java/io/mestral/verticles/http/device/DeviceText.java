package io.mestral.verticles.http.device;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of devices that machines compare: MAC addresses and tokens. */
public final class DeviceText {
  private static final Pattern MAC = Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}");

  /** One level of an MQTT topic, with nothing in it that people can't see. */
  private static final Pattern TOKEN = Pattern.compile("[^\\s\\p{Cntrl}/+#]{1,128}");

  private DeviceText() {}

  /** Lower-case with colons; empty when it is none. */
  public static Optional<String> mac(String text) {
    return MAC.matcher(text).matches()
        ? Optional.of(text.toLowerCase(Locale.ROOT).replace('-', ':'))
        : Optional.empty();
  }

  /** Whether the text can be a device token. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }
}
