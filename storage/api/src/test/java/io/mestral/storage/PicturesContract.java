package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry of profile pictures promises. */
public abstract class PicturesContract extends MetadataContract {
  private User ada;
  private Pictures pictures;

  @BeforeEach
  void addAda() {
    ada = addUser("ada");
    pictures = metadata().pictures();
  }

  @Test
  void aUserHasOnePictureTheLastOne() {
    assertThat(await(pictures.put(ada.id(), picture("first"), NOON)).picture()).contains("first");
    User now = await(pictures.put(ada.id(), picture("second"), NOON));
    assertThat(now.picture()).contains("second");
    assertThat(await(metadata().users().find(ada.id()))).contains(now);
    assertThat(await(pictures.find("first"))).isEmpty();
    assertThat(await(pictures.find("second"))).contains(picture("second"));
  }

  @Test
  void aPictureCanBeTakenAway() {
    await(pictures.put(ada.id(), picture("first"), NOON));
    assertThat(await(pictures.remove(ada.id(), NOON)).picture()).isEmpty();
    assertThat(await(pictures.find("first"))).isEmpty();
  }

  @Test
  void thePictureOfWhoLeftIsSeenByNobody() {
    await(pictures.put(ada.id(), picture("first"), NOON));
    await(metadata().departures().archive(ada.id(), false, NOON));
    assertThat(await(pictures.find("first"))).isEmpty();
    assertThat(failureOf(pictures.put(ada.id(), picture("second"), NOON)))
        .hasMessageContaining("no user");
  }

  private static Picture picture(String name) {
    return new Picture(name, "image/jpeg", new byte[] {0, -1, 7});
  }
}
