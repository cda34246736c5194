package io.mestral.verticles.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.ComponentField;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.Condition.All;
import io.mestral.storage.search.Condition.Any;
import io.mestral.storage.search.Condition.Holds;
import io.mestral.storage.search.DestinationField;
import io.mestral.storage.search.DeviceField;
import io.mestral.storage.search.Field;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.Match.Absent;
import io.mestral.storage.search.Match.Among;
import io.mestral.storage.search.Match.Blank;
import io.mestral.storage.search.Match.Compared;
import io.mestral.storage.search.Match.Like;
import io.mestral.storage.search.Match.Relation;
import io.mestral.storage.search.UserField;
import io.mestral.storage.search.Value.Flag;
import io.mestral.storage.search.Value.Second;
import io.mestral.storage.search.Value.Text;
import io.mestral.storage.search.Value.Whole;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermTest {
  private static final Viewer ADMIN =
      new Viewer(Optional.of(new Principal.User(new UserId(1), "root", Role.ADMIN)), false);
  private static final Values VALUES = new Values(secret -> "hash of " + secret.reveal());

  @Test
  void aWordSaysWhatHolds() {
    assertThat(read("name_eq", "x")).isEqualTo(is(DeviceField.NAME, equal("x"), true));
    assertThat(read("name_not_eq", "x")).isEqualTo(is(DeviceField.NAME, equal("x"), false));
    assertThat(read("name_cont", "a%")).isEqualTo(is(DeviceField.NAME, new Like("%a\\%%"), true));
    assertThat(read("name_not_i_cont", "a"))
        .isEqualTo(is(DeviceField.NAME, new Like("%a%"), false));
    assertThat(read("name_start", "a")).isEqualTo(is(DeviceField.NAME, new Like("a%"), true));
    assertThat(read("name_not_end", "a")).isEqualTo(is(DeviceField.NAME, new Like("%a"), false));
    assertThat(read("name_matches", "a%\\"))
        .isEqualTo(is(DeviceField.NAME, new Like("a%\\\\"), true));
    assertThat(read("id_lteq", " 7 "))
        .isEqualTo(is(DeviceField.ID, new Compared(Relation.AT_MOST, new Whole(7)), true));
    assertThat(read("created_at_gt", "2026-02-03 10:00:00 00:00"))
        .isEqualTo(
            is(
                DeviceField.CREATED_AT,
                new Compared(Relation.GREATER, new Second(Instant.parse("2026-02-03T10:00:00Z"))),
                true));
    assertThat(read("id_not_in", "1", "2"))
        .isEqualTo(is(DeviceField.ID, new Among(List.of(new Whole(1), new Whole(2))), false));
  }

  @Test
  void aQuestionIsAnsweredYesOrNo() {
    assertThat(read("description_null", "1"))
        .isEqualTo(is(DeviceField.DESCRIPTION, new Absent(), true));
    assertThat(read("description_null", "false"))
        .isEqualTo(is(DeviceField.DESCRIPTION, new Absent(), false));
    assertThat(read("description_not_null", "t"))
        .isEqualTo(is(DeviceField.DESCRIPTION, new Absent(), false));
    assertThat(read("description_present", "1"))
        .isEqualTo(is(DeviceField.DESCRIPTION, new Blank(), false));
    assertThat(read("description_blank", "true"))
        .isEqualTo(is(DeviceField.DESCRIPTION, new Blank(), true));
    assertThat(read("is_test_true", "1")).isEqualTo(is(DeviceField.IS_TEST, flag(true), true));
    assertThat(read("is_test_not_false", "1"))
        .isEqualTo(is(DeviceField.IS_TEST, flag(false), false));
    assertThat(
            Term.read("name_null", Searchable.devices(ADMIN)).condition(List.of("maybe"), VALUES))
        .isEmpty();
  }

  @Test
  void severalValuesAreJoinedByTheQuantifier() {
    Condition a = is(DeviceField.NAME, new Like("%a%"), true);
    Condition b = is(DeviceField.NAME, new Like("%b%"), true);
    assertThat(read("name_cont_any", "a", "b")).isEqualTo(new Any(List.of(a, b)));
    assertThat(read("name_cont_all", "a", "b")).isEqualTo(new All(List.of(a, b)));
    assertThat(read("name_eq", "a", "b")).isEqualTo(is(DeviceField.NAME, equal("a"), true));
  }

  @Test
  void attributesAreJoinedByTheirWord() {
    Condition name = is(DeviceField.NAME, new Like("%a%"), true);
    Condition description = is(DeviceField.DESCRIPTION, new Like("%a%"), true);
    assertThat(read("name_or_description_cont", "a"))
        .isEqualTo(new Any(List.of(name, description)));
    assertThat(read("name_and_description_cont", "a"))
        .isEqualTo(new All(List.of(name, description)));
  }

  @Test
  void namesLeadToWhatAThingIsTiedTo() {
    assertThat(read("owner_username_eq", "ada"))
        .isEqualTo(
            holds(Attribute.of(UserField.USERNAME).behind(Association.OWNER), equal("ada"), true));
    assertThat(read("forwarding_destination_name_eq", "x"))
        .isEqualTo(
            holds(
                Attribute.of(DestinationField.NAME).behind(Association.FORWARDING_DESTINATION),
                equal("x"),
                true));
    assertThat(read("components_sensor_id_null", "1"))
        .isEqualTo(
            holds(
                Attribute.of(ComponentField.SENSOR_ID).behind(Association.COMPONENTS),
                new Absent(),
                true));
    assertThat(
            Term.read("devices_forwarding_destination_name_eq", Searchable.users(Viewer.VISITOR))
                .attributes())
        .containsExactly(
            Attribute.of(DestinationField.NAME)
                .behind(Association.FORWARDING_DESTINATION)
                .behind(Association.DEVICES));
  }

  @Test
  void tokensAreComparedByTheirHashes() {
    assertThat(read("device_token_eq", "abc123"))
        .isEqualTo(is(DeviceField.DEVICE_TOKEN, equal("hash of abc123"), true));
    refused("device_token_cont", ADMIN);
    refused("device_token_gt", ADMIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "_eq",
        "eq",
        "name_",
        "name_like",
        "unknown_eq",
        "name_or_unknown_cont",
        "name_or__cont",
        "owner_email_eq",
        "owner_password_hash_eq",
        "owner_devices_name_eq",
        "id_cont",
        "created_at_start",
        "name_true",
        "name_null_any",
        "name_cont_any_all",
        "name; DROP TABLE devices_eq",
        "g",
        "m",
        "c"
      })
  void whatCantBeAskedIsRefused(String term) {
    refused(term, ADMIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mac_address_eq", "device_token_eq", "is_private_true", "owner_role_mask_eq"})
  void someThingsAreForAdministrators(String term) {
    refused(term, Viewer.VISITOR);
    assertThat(Term.read(term, Searchable.devices(ADMIN)).attributes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "99999999999999999999", "1;2", "0x10"})
  void aNumberIsANumber(String text) {
    assertThatThrownBy(() -> read("id_eq", text))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Invalid search term id_eq");
  }

  @Test
  void manyAttributesAreTooMany() {
    refused("id_or_".repeat(20) + "id_eq", ADMIN);
  }

  private static void refused(String term, Viewer viewer) {
    assertThatThrownBy(() -> Term.read(term, Searchable.devices(viewer)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Invalid search term " + term);
  }

  private static Condition read(String term, String... texts) {
    return Term.read(term, Searchable.devices(ADMIN))
        .condition(List.of(texts), VALUES)
        .orElseThrow();
  }

  private static Condition is(Field field, Match match, boolean wanted) {
    return holds(Attribute.of(field), match, wanted);
  }

  private static Condition holds(Attribute about, Match match, boolean wanted) {
    return new Holds(about, match, wanted);
  }

  private static Match equal(String text) {
    return new Compared(Relation.EQUAL, new Text(text));
  }

  private static Match flag(boolean isSet) {
    return new Compared(Relation.EQUAL, new Flag(isSet));
  }
}
