package io.mestral.verticles.auth;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Principal;
import io.mestral.storage.Metadata;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who the name in a client's certificate means: {@code device:{id}}, or a user of the platform.
 * Names with another word before a colon mean nobody.
 */
final class CertificateHolders {
  private static final Pattern DEVICE =
      Pattern.compile(Pattern.quote(TokenVerifier.DEVICE_PREFIX) + "([1-9]\\d{0,17})");

  private final Metadata metadata;
  private final TokenVault vault;

  CertificateHolders(Metadata metadata, TokenVault vault) {
    this.metadata = metadata;
    this.vault = vault;
  }

  /** Succeeds with whom it means now; empty when that is nobody. */
  Future<Optional<Principal>> holder(String name) {
    Optional<DeviceId> device = deviceNamed(name);
    if (device.isPresent()) return device(device.get());
    if (name.contains(":")) return Future.succeededFuture(Optional.empty());
    return metadata
        .users()
        .findByNameOrEmail(name)
        .map(user -> user.filter(found -> found.username().equalsIgnoreCase(name)))
        .map(TokenVerifier::principal)
        .map(TokenVerifier::widened);
  }

  /** The device in {@code device:{id}}; empty when the name is no such one. */
  static Optional<DeviceId> deviceNamed(String name) {
    Matcher device = DEVICE.matcher(name);
    return device.matches()
        ? Optional.of(new DeviceId(Long.parseLong(device.group(1))))
        : Optional.empty();
  }

  /** A device without a token has no topics, so there is nothing that it could log in for. */
  private Future<Optional<Principal>> device(DeviceId id) {
    return metadata
        .devices()
        .find(id)
        .map(
            device ->
                device
                    .flatMap(found -> found.token())
                    .flatMap(vault::open)
                    .map(token -> new Principal.Device(id, token)));
  }
}
