package io.mestral.verticles.mail;

/** On whose behalf a mail is sent, as its sender's name says (spec 3.6). */
enum Sender {
  NOTIFICATIONS(""),
  WELCOME(" - Welcome"),
  PASSWORD(" - Password"),
  DEVICE(" - Device");

  private static final String PLATFORM = "SmartCitizen Notifications";

  private final String suffix;

  Sender(String suffix) {
    this.suffix = suffix;
  }

  /**
   * The sender with its name.
   *
   * @param from as the operator has it, {@code Name <address>} or an address alone
   */
  String of(String from) {
    int bracket = from.indexOf('<');
    String name = bracket < 0 ? "" : from.substring(0, bracket).strip().replaceAll("^\"|\"$", "");
    String address = bracket < 0 ? from.strip() : from.substring(bracket + 1).replace(">", "");
    String known = (name.isEmpty() ? PLATFORM : name) + suffix;
    boolean plain = known.matches("[A-Za-z0-9 _-]+");
    String quoted = plain ? known : '"' + known.replaceAll("[\"\\\\]", "") + '"';
    return quoted + " <" + address.strip() + ">";
  }
}
