package io.mestral.storage.sql.metadata;

import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.DeviceTokenEnds;
import io.mestral.storage.ExternalIdentities;
import io.mestral.storage.GrantRegistry;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.NamedTokenRegistry;
import io.mestral.storage.SigningKeyRegistry;
import io.mestral.storage.TokenUses;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.sql.Engine;

/** The metadata in the tables of an engine. */
public abstract class SqlMetadata implements MovableMetadata {
  private final UserRegistry users;
  private final NamedTokenRegistry namedTokens;
  private final TokenUses tokenUses;
  private final DeviceTokenEnds deviceTokenEnds;
  private final ApplicationRegistry applications;
  private final GrantRegistry grants;
  private final SigningKeyRegistry signingKeys;
  private final ExternalIdentities identities;

  /** The tables are there and up to date. */
  protected SqlMetadata(Engine engine) {
    users = new SqlUserRegistry(engine);
    namedTokens = new SqlNamedTokenRegistry(engine);
    tokenUses = new SqlTokenUses(engine);
    deviceTokenEnds = new SqlDeviceTokenEnds(engine);
    applications = new SqlApplicationRegistry(engine);
    grants = new SqlGrantRegistry(engine);
    signingKeys = new SqlSigningKeyRegistry(engine);
    identities = new SqlExternalIdentities(engine);
  }

  @Override
  public final UserRegistry users() {
    return users;
  }

  @Override
  public final NamedTokenRegistry namedTokens() {
    return namedTokens;
  }

  @Override
  public final TokenUses tokenUses() {
    return tokenUses;
  }

  @Override
  public final DeviceTokenEnds deviceTokenEnds() {
    return deviceTokenEnds;
  }

  @Override
  public final ApplicationRegistry applications() {
    return applications;
  }

  @Override
  public final GrantRegistry grants() {
    return grants;
  }

  @Override
  public final SigningKeyRegistry signingKeys() {
    return signingKeys;
  }

  @Override
  public final ExternalIdentities identities() {
    return identities;
  }
}
