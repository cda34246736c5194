package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.storage.replica.ReplicaEffect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has changed so far, in one unit. */
final class ReplicaOutcome {
  private final List<Device> devices = new ArrayList<>();
  private final Set<UserId> users = new HashSet<>();
  private final List<String> renamed = new ArrayList<>();
  private boolean isCatalogueChanged;

  void changed(Device device) {
    devices.add(device);
  }

  void changed(UserId user) {
    users.add(user);
  }

  void renamed(String name) {
    renamed.add(name);
  }

  void catalogueChanged() {
    isCatalogueChanged = true;
  }

  ReplicaEffect effect() {
    return new ReplicaEffect(
        List.copyOf(devices), Set.copyOf(users), isCatalogueChanged, List.copyOf(renamed));
  }
}
