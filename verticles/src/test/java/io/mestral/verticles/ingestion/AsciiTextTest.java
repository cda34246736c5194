package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AsciiTextTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void whatIsNoAsciiIsLeftOutAndDoesNotCount() {
    Buffer payload = Buffer.buffer("{\u00e9t: 1,\u2026 2}");
    assertThat(AsciiText.of(payload)).isEqualTo("{t: 1, 2}");
    assertThat(AsciiText.beginning(payload, 7)).isEqualTo("{t: 1, ");
    assertThat(AsciiText.beginning(payload, 100)).isEqualTo("{t: 1, 2}");
    assertThat(AsciiText.beginning(Buffer.buffer(), 7)).isEmpty();
  }

  @Test
  void theBeginningOfALongTextCostsNoCopyOfTheRest() {
    Buffer payload = Buffer.buffer(new byte[16 << 20]);
    AsciiText.beginning(payload, 4096);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(AsciiText.beginning(payload, 4096)).hasSize(4096);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 10);
  }
}
