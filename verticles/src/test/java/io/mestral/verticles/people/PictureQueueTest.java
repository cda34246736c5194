package io.mestral.verticles.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Picture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureQueueTest {
  private final Vertx vertx = Vertx.vertx();
  private final PictureQueue queue = new PictureQueue();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void whoComesWhenTooManyWaitIsToldSoAndTheOthersAreServed() throws IOException {
    CountDownLatch all = new CountDownLatch(1);
    WorkerExecutor drawing = vertx.createSharedWorkerExecutor(PictureQueue.WORKER, 1);
    Future<Boolean> busy = drawing.executeBlocking(() -> all.await(20, TimeUnit.SECONDS), false);
    List<Future<Optional<Picture>>> asked = await(atOnce(picture(), PictureQueue.MOST_WAITING + 1));
    all.countDown();
    assertThat(await(busy)).isTrue();
    Future<Optional<Picture>> last = asked.remove(PictureQueue.MOST_WAITING);
    assertThat(Refusal.of(last.cause())).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(asked).allSatisfy(one -> assertThat(await(one)).isPresent());
    assertThat(await(await(atOnce(picture(), 1)).get(0))).as("there is room again").isPresent();
  }

  private Future<List<Future<Optional<Picture>>>> atOnce(Buffer picture, int number) {
    Promise<List<Future<Optional<Picture>>>> asked = Promise.promise();
    vertx.runOnContext(
        turn -> {
          List<Future<Optional<Picture>>> all = new ArrayList<>();
          for (int i = 0; i < number; i++) all.add(queue.redrawn(picture, vertx));
          asked.complete(all);
        });
    return asked.future();
  }

  private static Buffer picture() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return Buffer.buffer(bytes.toByteArray());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
