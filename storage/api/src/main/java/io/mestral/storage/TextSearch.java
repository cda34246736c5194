package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Finds devices and people by what is said of them; private and test devices are never found. */
public interface TextSearch {
  /** More words than this say nothing more. */
  int MOST_WORDS = 8;

  /**
   * The devices, by id ascending, and after them the people, whose texts have a word that begins so
   * for each of the words: a device's name, description, town and country, a person's user name,
   * town and country.
   *
   * @param words folded, one to {@link #MOST_WORDS}
   * @param offset how many of those found are left out
   * @param limit at most so many are listed
   */
  Future<Page<Hit>> find(List<String> words, long offset, int limit);

  /** Takes in what an older version kept: asked once at a start, and done by and by. */
  Future<Void> catchUp();

  /** Something that was found. */
  sealed interface Hit {
    /** A device. */
    record OfDevice(
        DeviceId id,
        String name,
        Optional<String> description,
        UserId owner,
        String ownerName,
        Optional<String> city,
        Optional<String> countryCode)
        implements Hit {}

    /**
     * A person.
     *
     * @param picture its name
     */
    record OfUser(
        UserId id,
        String username,
        Optional<String> picture,
        Optional<String> city,
        Optional<String> countryCode)
        implements Hit {}
  }
}
