package io.mestral.broker.keeping;

import io.mestral.broker.session.OneByOne;
import io.mestral.broker.session.Terms.LastWill;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Principals;
import io.mestral.model.access.SubscribeRights;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds sessions that outlive their connections to what their principals may do now: a filter that
 * was granted once goes when it wouldn't be granted any more, and so does a will.
 */
public final class SessionRights {
  private static final Future<Void> DONE = Future.succeededFuture();

  private final AccessPolicy policy;
  private final Principals principals;
  private final ClientRoster clients;
  private final Duration patience;

  /**
   * @param principals who is behind a session whose client is away
   * @param clients remembers what is taken away from whom
   * @param patience how long a client that comes back waits for what it may have
   */
  public SessionRights(
      AccessPolicy policy, Principals principals, ClientRoster clients, Duration patience) {
    this.policy = policy;
    this.principals = principals;
    this.clients = clients;
    this.patience = patience;
  }

  /** As for somebody else, whoever the session's principal is now. */
  Future<Void> review(KeptSession session) {
    if (session.filters().isEmpty()) return DONE;
    return principals
        .named(session.key().principal())
        .compose(
            holder -> {
              if (holder.isPresent()) return review(session, holder.get());
              session.filters().forEach(filter -> revoke(session, filter));
              return DONE;
            });
  }

  /**
   * Takes away the filters that this principal would not be granted now. Fails when that can't be
   * found out of each; then the others are as they should be.
   */
  Future<Void> review(KeptSession session, Principal principal) {
    SubscribeRights rights = policy.subscriptionsOf(principal);
    return OneByOne.each(
        session.filters(),
        filter ->
            rights
                .maySubscribe(filter.unshared())
                .onSuccess(
                    may -> {
                      if (!may) revoke(session, filter);
                    }));
  }

  /** The same for a client that comes back; fails when it takes too long. */
  Future<Void> reviewInTime(KeptSession session, Principal principal) {
    return review(session, principal)
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof TimeoutException
                        ? new RefusedException(Refusal.UNAVAILABLE, "try again later")
                        : cause));
  }

  private void revoke(KeptSession session, TopicFilter filter) {
    session.revoke(filter, () -> clients.revoked(name(session), filter.value()));
  }

  /**
   * Succeeds with the will as it may be published now, and tells of it; fails when it may not be,
   * or when that can't be found out.
   */
  Future<Publish> permit(KeptSession session, LastWill will) {
    Publish message = will.message();
    return principals
        .named(session.key().principal())
        .compose(holder -> permit(holder, message))
        .onSuccess(permitted -> clients.willPublished(name(session), permitted.topic()))
        .onFailure(cause -> clients.willRefused(name(session), Refusal.of(cause)));
  }

  private Future<Publish> permit(Optional<Principal> holder, Publish message) {
    return holder
        .map(principal -> policy.rightsOf(principal).permit(message))
        .orElseGet(() -> Future.failedFuture(new RefusedException(Refusal.NOT_AUTHORIZED, "")));
  }

  private static ClientName name(KeptSession session) {
    return new ClientName(session.key().principal(), session.key().clientId());
  }
}
