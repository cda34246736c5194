package io.mestral.verticles.auth;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Principals;
import io.mestral.storage.Metadata;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks the holder of a name up in the metadata store each time. */
public final class KnownPrincipals implements Principals {
  private static final Pattern USER = Pattern.compile("user:([1-9]\\d{0,17})");
  private static final Pattern PARTNER = Pattern.compile("partner:([1-9]\\d{0,17})");
  private static final String KEYHOLDER = Principal.nameOfKeyholder("");

  private final Metadata metadata;
  private final CertificateHolders devices;
  private final PartnerLogins partners;
  private final GatewayLogins gateways;

  /** Of these users, their partners, devices and gateways. */
  public KnownPrincipals(Metadata metadata, TokenVault vault) {
    this.metadata = metadata;
    this.devices = new CertificateHolders(metadata, vault);
    this.partners = new PartnerLogins(metadata, vault);
    this.gateways = new GatewayLogins(metadata.gateways(), vault);
  }

  @Override
  public Future<Optional<Principal>> named(String name) {
    if (name.equals(Principal.ANONYMOUS.name()))
      return Future.succeededFuture(Optional.of(Principal.ANONYMOUS));
    if (name.equals(Principal.MANAGER.name()))
      return Future.succeededFuture(Optional.of(Principal.MANAGER));
    Matcher user = USER.matcher(name);
    if (user.matches()) return user(new UserId(Long.parseLong(user.group(1))));
    Matcher partner = PARTNER.matcher(name);
    if (partner.matches()) return partners.of(new UserId(Long.parseLong(partner.group(1))));
    if (name.startsWith(KEYHOLDER))
      return Future.succeededFuture(
          Optional.of(new Principal.Keyholder(name.substring(KEYHOLDER.length()))));
    if (name.startsWith(GatewayLogins.PREFIX)) return gateways.named(name);
    return CertificateHolders.deviceNamed(name).isPresent()
        ? devices.holder(name)
        : Future.succeededFuture(Optional.empty());
  }

  private Future<Optional<Principal>> user(UserId id) {
    return metadata.users().find(id).map(TokenVerifier::principal).map(TokenVerifier::widened);
  }
}
