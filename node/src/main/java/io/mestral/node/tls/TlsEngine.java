package io.mestral.node.tls;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/** What computes handshakes and ciphers. */
public final class TlsEngine {
  private TlsEngine() {}

  /**
   * BoringSSL where there is a build of it for the machine, else the JDK, whose handshake takes
   * several times as much and holds twice the memory. Signatures are computed on worker threads:
   * one with a large RSA key takes what thousands of messages do.
   */
  public static SSLEngineOptions best() {
    return isNative()
        ? new OpenSSLEngineOptions().setUseWorkerThread(true)
        : new JdkSSLEngineOptions().setUseWorkerThread(true);
  }

  /** Whether it is BoringSSL. */
  public static boolean isNative() {
    return OpenSSLEngineOptions.isAvailable();
  }
}
