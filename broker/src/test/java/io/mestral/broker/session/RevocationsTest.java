package io.mestral.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.outcome.Refusal;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RevocationsTest {
  private static final Principal ADA = new Principal.User(new UserId(1), "ada", Role.CITIZEN);
  private static final Principal BOB = new Principal.User(new UserId(2), "bob", Role.CITIZEN);

  private final Revocations revocations = new Revocations();

  @Test
  void whoWasMeantIsToldThatItsCredentialsDontHold() {
    long before = revocations.count();
    revocations.add(ADA::equals);
    assertThat(revocations.objection(ADA, before)).contains(Refusal.BAD_CREDENTIALS);
    assertThat(revocations.objection(BOB, before)).isEmpty();
    assertThat(revocations.objection(ADA, revocations.count())).isEmpty();
  }

  @Test
  void whoMayHaveBeenMeantByOneThatIsForgottenIsToldToComeAgain() {
    long before = revocations.count();
    Predicate<Principal> nobody = whom -> false;
    for (int i = 0; i < 256; i++) revocations.add(nobody);
    assertThat(revocations.objection(ADA, before)).isEmpty();
    revocations.add(nobody);
    assertThat(revocations.objection(ADA, before)).contains(Refusal.UNAVAILABLE);
    revocations.add(ADA::equals);
    assertThat(revocations.objection(ADA, before)).contains(Refusal.BAD_CREDENTIALS);
  }
}
