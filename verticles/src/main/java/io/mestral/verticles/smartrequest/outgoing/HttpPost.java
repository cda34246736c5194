package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.smartapi.syntax.Document;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Posts messages to interfaces that others announced. A redirect is an answer like any other: it
 * isn't followed, as nobody has looked at where it leads.
 */
public final class HttpPost {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int CONNECTIONS_TO_ONE = 8;
  private static final int MOST_WAITING = 1_000;

  private final Vertx vertx;
  private final AddressGuard guard;
  private final HttpClient client;
  private final long maxAnswer;

  /**
   * Calls what the guard allows.
   *
   * @param maxAnswer bytes of an answer, once unpacked
   */
  public HttpPost(Vertx vertx, AddressGuard guard, long maxAnswer) {
    this(vertx, guard, maxAnswer, new HttpClientOptions());
  }

  /**
   * The same.
   *
   * @param trust whose certificates are believed
   */
  HttpPost(Vertx vertx, AddressGuard guard, long maxAnswer, HttpClientOptions trust) {
    this.vertx = vertx;
    this.guard = guard;
    this.maxAnswer = maxAnswer;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(trust).setDecompressionSupported(true),
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_TO_ONE)
                .setMaxWaitQueueSize(MOST_WAITING));
  }

  /** What was answered. */
  record Reply(int status, Optional<String> contentType, Buffer body) {}

  /** Fails when there is no answer in this time, or no whole one. */
  Future<Reply> post(Target target, Document message, Duration within) {
    return Future.succeededFuture()
        .compose(turn -> guard.resolve(vertx, target.host()))
        .compose(address -> client.request(options(target, address)))
        .compose(
            request ->
                send(request, message)
                    .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(late -> request.reset()));
  }

  private static RequestOptions options(Target target, InetAddress address) {
    RequestOptions options = new RequestOptions();
    options
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
        .setHost(target.host())
        .setPort(target.port())
        .setURI(target.path())
        .setSsl(target.isEncrypted())
        .setFollowRedirects(false)
        .setConnectTimeout(CONNECT.toMillis());
    return options;
  }

  private Future<Reply> send(HttpClientRequest request, Document message) {
    request.putHeader("Content-Type", message.contentType() + "; charset=utf-8");
    request.putHeader("Accept", "text/turtle, application/ld+json;q=0.9");
    return request.send(Buffer.buffer(message.body())).compose(this::read);
  }

  private Future<Reply> read(HttpClientResponse response) {
    Promise<Reply> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > maxAnswer)
            whole.tryFail(new IOException("an answer of more than " + maxAnswer + " bytes"));
          else body.appendBuffer(part);
        });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(
        end ->
            whole.tryComplete(
                new Reply(
                    response.statusCode(),
                    Optional.ofNullable(response.getHeader("Content-Type")),
                    body)));
    return whole.future();
  }
}
