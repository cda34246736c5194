package io.mestral.verticles.http.account;

import io.mestral.storage.Selection;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.device.LastHeard;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.query.Searchable;
import io.vertx.core.Future;

/** {@code GET /v0/users} (spec 2.8): a question per kind of thing, however many users. */
public final class UserListResource {
  private final UserRegistry registry;
  private final UserPresenter presenter;
  private final SearchReader searches;
  private final LastHeard heard;

  /**
   * @param heard for searches by when devices were heard
   */
  public UserListResource(
      UserRegistry registry, UserPresenter presenter, SearchReader searches, LastHeard heard) {
    this.registry = registry;
    this.presenter = presenter;
    this.searches = searches;
    this.heard = heard;
  }

  /** All users, searched and in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.ofSearch(exchange);
    Viewer viewer = exchange.viewer();
    Selection asked =
        Selection.of(viewer.visibility(), searches.read(exchange, Searchable.users(viewer)));
    return heard
        .with(asked)
        .compose(complete -> registry.list(complete, pagination.paging()))
        .compose(
            page ->
                presenter
                    .all(page.items(), viewer)
                    .map(users -> pagination.answer(page.total(), users)));
  }
}
