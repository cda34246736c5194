package io.mestral.verticles.auth.oauth;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What this node calls itself in tokens: its public URL. Where none is configured that is where it
 * listens, which isn't known before it does.
 */
public final class Issuer {
  private final AtomicReference<Optional<String>> url;

  /** Of this URL, without a slash at the end; empty until {@link #announce}. */
  public Issuer(Optional<String> publicUrl) {
    this.url = new AtomicReference<>(publicUrl);
  }

  /** Says where the node listens, which counts if nothing else was configured. */
  public void announce(String listening) {
    url.compareAndSet(Optional.empty(), Optional.of(listening));
  }

  /** The URL; ends the request while it isn't known. */
  public String url() {
    return url.get()
        .orElseThrow(() -> new RefusedException(Refusal.UNAVAILABLE, "the node is starting"));
  }

  com.nimbusds.oauth2.sdk.id.Issuer id() {
    return new com.nimbusds.oauth2.sdk.id.Issuer(url());
  }

  /** The absolute form of a path. */
  URI at(String path) {
    return URI.create(url() + path);
  }
}
