package io.mestral.node;

import io.mestral.config.NodeOptions.Profile;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vert.x as a node runs it.
 *
 * @param eventLoops how many; verticles on the message path have an instance for each
 */
record Runtime(Vertx vertx, int eventLoops) {
  private static final Logger log = LoggerFactory.getLogger(Runtime.class);
  private static final int MOST_EVENT_LOOPS = 16;

  static Runtime of(Profile profile) {
    int cores = java.lang.Runtime.getRuntime().availableProcessors();
    int eventLoops = Math.max(1, Math.min(cores, MOST_EVENT_LOOPS));
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(eventLoops)
            .setWorkerPoolSize(profile == Profile.EDGE ? 2 : 2 * eventLoops)
            .setInternalBlockingPoolSize(profile == Profile.EDGE ? 1 : 4)
            .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false));
    return new Runtime(
        Vertx.builder().with(options).withTransport(transport()).build(), eventLoops);
  }

  /** The system's own event mechanism costs less than Java's portable one. */
  private static Transport transport() {
    if (Transport.EPOLL != null && Transport.EPOLL.available()) return Transport.EPOLL;
    log.info("the epoll transport isn't available; using the portable one");
    return Transport.NIO;
  }
}
