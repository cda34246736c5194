package io.mestral.verticles.http.account;

import io.mestral.model.platform.User;
import io.mestral.storage.Picture;
import io.mestral.storage.Pictures;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.people.PictureCheck;
import io.mestral.verticles.people.PictureQueue;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Profile pictures: {@code profile_picture} of {@code PATCH /v0/me}, and where they are shown. */
public final class PicturesResource {
  private static final String FIELD = "profile_picture";

  private final PictureQueue queue = new PictureQueue();
  private final Pictures pictures;
  private final Clock clock;

  /** Keeps and shows pictures of that registry. */
  public PicturesResource(Pictures pictures, Clock clock) {
    this.pictures = pictures;
    this.clock = clock;
  }

  /** A picture; another one has another name, so that this one may be remembered for ever. */
  public Future<Answer> show(Exchange exchange) {
    String name = exchange.path("name");
    return pictures
        .find(name)
        .map(found -> found.orElseThrow(() -> Problem.recordNotFound("Picture", "name", name)))
        .map(
            picture ->
                new Answer(
                    200,
                    picture.type(),
                    Buffer.buffer(picture.bytes()),
                    Map.of(
                        "Cache-Control",
                        "public, max-age=31536000, immutable",
                        "Content-Security-Policy",
                        "default-src 'none'"),
                    false));
  }

  /** Succeeds with the picture that the request brings; fails when it is none. */
  Future<Optional<Picture>> given(Exchange exchange) {
    Buffer file = exchange.files().get(FIELD);
    if (file == null) return Future.succeededFuture(Optional.empty());
    return queue
        .redrawn(file, exchange.vertx())
        .map(
            picture -> {
              FieldErrors errors = new FieldErrors();
              if (picture.isEmpty()) errors.add(FIELD, PictureCheck.ALLOWED);
              errors.throwIfAny();
              return picture;
            });
  }

  /** Succeeds with the user, who has the given picture now, or none where that is wanted. */
  Future<User> keep(User user, Optional<Picture> picture, Exchange exchange) {
    if (picture.isPresent()) return pictures.put(user.id(), picture.get(), clock.instant());
    boolean gone = exchange.params().has(FIELD) && exchange.params().text(FIELD).isEmpty();
    return gone && user.picture().isPresent()
        ? pictures.remove(user.id(), clock.instant())
        : Future.succeededFuture(user);
  }
}
