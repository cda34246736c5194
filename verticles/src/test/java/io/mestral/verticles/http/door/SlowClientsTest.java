package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients on real sockets that send or take too little, or too much. */
class SlowClientsTest {
  private static final LeastRate RATE = new LeastRate(1 << 20, Duration.ofMillis(300));
  private static final String UPLOAD =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void whoTakesNothingIsCutOffAndWhatMadeTheAnswerIsToldSo() {
    Promise<Void> ended = Promise.promise();
    Promise<Void> closed = Promise.promise();
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            context -> {
              context.request().connection().closeHandler(closed::complete);
              StreamedAnswer.Content content =
                  outlet -> {
                    endless(outlet).onComplete(ended);
                    return ended.future();
                  };
              new Streams(RATE)
                  .send(
                      context,
                      new StreamedAnswer(200, "text/csv", OptionalLong.empty(), Map.of(), content));
            });
    NetSocket socket = connect(serve(router));
    socket.pause();
    await(socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    await(ended.future().transform(done -> Future.succeededFuture()));
    assertThat(ended.future().cause()).hasMessageContaining("takes nothing more");
    await(closed.future()); // though it takes nothing of that either
    await(socket.close());
  }

  @Test
  void whoSendsNextToNothingIsRefused() {
    Promise<Throwable> refused = Promise.promise();
    int port =
        serve(
            request ->
                new FileReceiver(vertx, request, 1 << 30, RATE)
                    .handTo(new Taker(Future.succeededFuture()))
                    .onFailure(refused::complete));
    NetSocket socket = connect(port);
    await(socket.write(UPLOAD));
    vertx.setPeriodic(20, tick -> socket.write("x"));
    assertThat(await(refused.future())).hasMessageContaining("standstill");
  }

  @Test
  void manySmallFilesWaitOutsideWhileOneIsDealtWith() {
    Promise<HttpServerRequest> taking = Promise.promise();
    int port =
        serve(
            request ->
                new FileReceiver(vertx, request, 1 << 30, RATE)
                    .handTo(
                        new Taker(Promise.<Void>promise().future()) {
                          @Override
                          public Future<Void> take(Buffer bytes) {
                            taking.tryComplete(request);
                            return super.take(bytes);
                          }
                        }));
    NetSocket socket = connect(port);
    String file =
        "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
            + "x".repeat(50_000)
            + "\r\n";
    socket.write(
        UPLOAD.replace("\r\n\r\n", "\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n")
            + file.repeat(900));
    HttpServerRequest request = await(taking.future());
    AtomicLong before = new AtomicLong(-1);
    while (before.getAndSet(request.bytesRead()) != request.bytesRead()) await(turns(50));
    assertThat(request.bytesRead()).isLessThan(1 << 20);
  }

  @Test
  void whatIsLeftOfARefusedRequestIsDroppedUpToABound() {
    int port =
        serve(
            request -> {
              request.pause();
              request
                  .response()
                  .end("no")
                  .onSuccess(
                      sent -> Leftovers.drop(vertx, request, 100_000_000, Duration.ofMillis(300)));
            });
    NetSocket waits = connect(port);
    Promise<Void> closed = Promise.promise();
    waits.closeHandler(closed::complete);
    await(waits.write(UPLOAD)); // and sends nothing of it
    await(closed.future());

    NetSocket sends = connect(port);
    StringBuilder heard = new StringBuilder();
    Promise<Void> second = Promise.promise();
    sends.handler(
        bytes -> {
          heard.append(bytes);
          if (heard.toString().split("200 OK", -1).length == 3) second.tryComplete();
        });
    String body = "x".repeat(5_000_000);
    await(sends.write(UPLOAD.replace("100000000", "5000000") + body));
    await(sends.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    await(second.future());
  }

  private static Future<Void> endless(StreamedAnswer.Outlet outlet) {
    return outlet.write(Buffer.buffer(new byte[1 << 16])).compose(more -> endless(outlet));
  }

  private Future<Void> turns(int count) {
    if (count == 0) return Future.succeededFuture();
    return vertx.timer(1, TimeUnit.MILLISECONDS).compose(turn -> turns(count - 1));
  }

  private int serve(Handler<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer().requestHandler(handler);
    await(server.listen(0, "127.0.0.1"));
    return server.actualPort();
  }

  private NetSocket connect(int port) {
    return await(vertx.createNetClient().connect(port, "127.0.0.1"));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static class Taker implements IncomingFiles.Taker {
    private final Future<Void> taken;

    Taker(Future<Void> taken) {
      this.taken = taken;
    }

    @Override
    public void begin(String name) {}

    @Override
    public Future<Void> take(Buffer bytes) {
      return taken;
    }

    @Override
    public Future<Void> end() {
      return taken;
    }
  }
}
