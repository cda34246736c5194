package io.mestral.storage.replica;

import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import java.util.List;
import java.util.Set;

/**
 * What others have to hear of after a change.
 *
 * @param devices that are others than before, as they are now or were last
 * @param users who may do more or less than before
 * @param isCatalogueChanged whether sensors or measurements are others
 * @param renamed names of users of this node's own that gave way to others of the same name
 */
public record ReplicaEffect(
    List<Device> devices, Set<UserId> users, boolean isCatalogueChanged, List<String> renamed) {}
