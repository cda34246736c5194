package io.mestral.model.platform;

/**
 * What an owner allows and asks for.
 *
 * @param isPrivate visible to the owner and admins only
 * @param preciseLocation show the place as given instead of a fuzzed one
 * @param enableForwarding give readings to the owner's partner
 * @param isTest not on the map
 * @param notifyLowBattery mail when the battery is low
 * @param notifyStoppedPublishing mail when the device falls silent
 */
public record DevicePolicy(
    boolean isPrivate,
    boolean preciseLocation,
    boolean enableForwarding,
    boolean isTest,
    boolean notifyLowBattery,
    boolean notifyStoppedPublishing) {

  /** Public, precise, not forwarded, no mails. */
  public static final DevicePolicy DEFAULT =
      new DevicePolicy(false, true, false, false, false, false);
}
