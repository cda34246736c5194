package io.mestral.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.OpenSSLEngineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TlsEngineTest {
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void whereThereIsABuildOfItTheNativeEngineIsTaken() {
    assertThat(TlsEngine.isNative()).isTrue();
    assertThat(TlsEngine.best()).isInstanceOf(OpenSSLEngineOptions.class);
    assertThat(TlsEngine.best().getUseWorkerThread()).isTrue();
  }
}
