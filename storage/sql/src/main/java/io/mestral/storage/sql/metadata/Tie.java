package io.mestral.storage.sql.metadata;

import io.mestral.storage.search.Association;
import java.util.function.UnaryOperator;

/**
 * How an association stands in the tables: {@code near} is the column of what is listed, {@code
 * far} the one that is the same where the association leads to.
 *
 * @param tables what it leads through, with the conditions that always hold
 */
record Tie(String near, String far, String tables) {
  private static final String ACTIVE = ".workflow_state = 'active'";

  /**
   * @param there the name of the table that it leads to
   * @param visible says of a table of devices which of them may be seen
   */
  static Tie of(Association association, String there, UnaryOperator<String> visible) {
    String through = there + "_by";
    return switch (association) {
      case OWNER ->
          new Tie("owner_id", there + ".id", "users AS " + there + " WHERE " + there + ACTIVE);
      case COMPONENTS ->
          new Tie("id", there + ".device_id", "components AS " + there + " WHERE TRUE");
      case SENSORS ->
          new Tie(
              "id",
              through + ".device_id",
              sensors("components AS " + through, there, through) + " WHERE TRUE");
      case FORWARDING_DESTINATION ->
          new Tie(
              "id",
              through + ".device_id",
              "device_destinations AS "
                  + through
                  + joined("forwarding_destinations", there, through + ".destination_id")
                  + " WHERE TRUE");
      case DEVICES ->
          new Tie(
              "id",
              there + ".owner_id",
              "devices AS " + there + " WHERE " + there + ACTIVE + " AND " + visible.apply(there));
      case OWNED_SENSORS -> {
        String owned = there + "_of";
        yield new Tie(
            "id",
            owned + ".owner_id",
            sensors(
                    "devices AS "
                        + owned
                        + " JOIN components AS "
                        + through
                        + " ON "
                        + through
                        + ".device_id = "
                        + owned
                        + ".id",
                    there,
                    through)
                + " WHERE "
                + owned
                + ACTIVE
                + " AND "
                + visible.apply(owned));
      }
    };
  }

  private static String sensors(String components, String there, String through) {
    return components + joined("sensors", there, through + ".sensor_id");
  }

  private static String joined(String table, String there, String id) {
    return " JOIN " + table + " AS " + there + " ON " + there + ".id = " + id;
  }
}
