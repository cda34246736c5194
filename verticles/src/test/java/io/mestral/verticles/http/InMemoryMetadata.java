package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.AuditEntry;
import io.mestral.storage.AuditLog;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.Departures;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.Digests;
import io.mestral.storage.ExperimentRegistry;
import io.mestral.storage.ExternalIdentities;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.Invitations;
import io.mestral.storage.Metadata;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.PasswordResets;
import io.mestral.storage.Pictures;
import io.mestral.storage.PostprocessingRegistry;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.TextSearch;
import io.mestral.storage.WatchedDevice;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Metadata in maps, with a handful of sensors of the real catalogue. */
public final class InMemoryMetadata implements Metadata {
  final InMemoryTokens tokens = new InMemoryTokens();
  final InMemoryUsers users = new InMemoryUsers(tokens);
  final InMemoryTokenTerms.Named namedTokens = new InMemoryTokenTerms.Named();
  final InMemoryTokenTerms.Uses tokenUses = new InMemoryTokenTerms.Uses();
  final InMemoryTokenTerms.Ends deviceTokenEnds = new InMemoryTokenTerms.Ends();
  final InMemoryApplications applications = new InMemoryApplications();
  final InMemoryGrants grants = new InMemoryGrants();
  final InMemorySigningKeys signingKeys = new InMemorySigningKeys();
  private final Map<ExternalIdentities.Identity, UserId> identities = new ConcurrentHashMap<>();
  final InMemoryDevices devices = new InMemoryDevices();
  final InMemoryCsvExports csvExports = new InMemoryCsvExports();
  final InMemoryMails mails = csvExports.mails;
  private final List<CsvUpload> uploads = new CopyOnWriteArrayList<>();
  final InMemoryForwarding forwarding = new InMemoryForwarding();
  final InMemoryCatalogue catalogue = new InMemoryCatalogue();
  final InMemoryTags tags = new InMemoryTags();
  final InMemoryExperiments experiments = new InMemoryExperiments();
  final InMemoryPostprocessings postprocessings = new InMemoryPostprocessings();
  final InMemoryOrphans orphans = new InMemoryOrphans();
  private final List<QuarantinedEntry> quarantined = new CopyOnWriteArrayList<>();
  final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
  private final List<IngestError> errors = new CopyOnWriteArrayList<>();

  @Override
  public InMemoryUsers users() {
    return users;
  }

  @Override
  public InMemoryTokens tokens() {
    return tokens;
  }

  @Override
  public InMemoryTokenTerms.Named namedTokens() {
    return namedTokens;
  }

  @Override
  public InMemoryTokenTerms.Uses tokenUses() {
    return tokenUses;
  }

  @Override
  public InMemoryTokenTerms.Ends deviceTokenEnds() {
    return deviceTokenEnds;
  }

  @Override
  public InMemoryApplications applications() {
    return applications;
  }

  @Override
  public InMemoryGrants grants() {
    return grants;
  }

  @Override
  public InMemorySigningKeys signingKeys() {
    return signingKeys;
  }

  @Override
  public ExternalIdentities identities() {
    return new ExternalIdentities() {
      @Override
      public Future<Optional<UserId>> find(Identity identity) {
        return Future.succeededFuture(Optional.ofNullable(identities.get(identity)));
      }

      @Override
      public Future<Void> link(Identity identity, UserId user) {
        identities.put(identity, user);
        return Future.succeededFuture();
      }
    };
  }

  @Override
  public InMemoryDevices devices() {
    return devices;
  }

  @Override
  public SensorCatalogue catalogue() {
    return catalogue;
  }

  @Override
  public DeviceTags deviceTags() {
    return tags;
  }

  @Override
  public ExperimentRegistry experiments() {
    return experiments;
  }

  @Override
  public PostprocessingRegistry postprocessings() {
    return postprocessings;
  }

  @Override
  public TextSearch search() {
    return new InMemorySearch(devices, users);
  }

  @Override
  public IngestErrors ingestErrors() {
    return new IngestErrors() {
      @Override
      public Future<Void> add(IngestError error) {
        errors.add(error);
        return Future.succeededFuture();
      }

      @Override
      public Future<List<IngestError>> of(DeviceId device, int limit) {
        List<IngestError> found =
            new ArrayList<>(errors.stream().filter(e -> e.device().equals(device)).toList());
        Collections.reverse(found);
        return Future.succeededFuture(found.stream().limit(limit).toList());
      }
    };
  }

  @Override
  public InventoryReports inventory() {
    throw new UnsupportedOperationException("no inventory over HTTP");
  }

  @Override
  public InMemoryOrphans orphans() {
    return orphans;
  }

  @Override
  public Quarantine quarantine() {
    return new Quarantine() {
      @Override
      public Future<Void> add(List<QuarantinedEntry> entries) {
        quarantined.addAll(entries);
        return Future.succeededFuture();
      }

      @Override
      public Future<List<QuarantinedEntry>> of(DeviceId device, int limit) {
        return Future.succeededFuture(
            quarantined.stream().filter(e -> e.device().equals(device)).limit(limit).toList());
      }
    };
  }

  @Override
  public ForwardingRegistry forwarding() {
    return forwarding;
  }

  @Override
  public DeviceNotices notices() {
    return new DeviceNotices() {
      @Override
      public Future<Boolean> claim(DeviceId device, Kind kind, Instant now, Instant unlessSince) {
        return Future.succeededFuture(false);
      }

      @Override
      public Future<Void> reset(DeviceId device, Kind kind) {
        return Future.succeededFuture();
      }

      @Override
      public Future<List<WatchedDevice>> watched(DeviceId after, int limit) {
        return Future.succeededFuture(List.of());
      }
    };
  }

  @Override
  public InMemoryCsvExports csvExports() {
    return csvExports;
  }

  @Override
  public InMemoryMails mails() {
    return mails;
  }

  @Override
  public CsvUploads csvUploads() {
    return new CsvUploads() {
      @Override
      public Future<Void> add(List<CsvUpload> added) {
        uploads.addAll(added);
        return Future.succeededFuture();
      }

      @Override
      public Future<List<CsvUpload>> of(DeviceId device, int limit) {
        List<CsvUpload> found =
            new ArrayList<>(uploads.stream().filter(u -> u.device().equals(device)).toList());
        Collections.reverse(found);
        return Future.succeededFuture(found.stream().limit(limit).toList());
      }
    };
  }

  @Override
  public PasswordResets passwordResets() {
    return absent(PasswordResets.class);
  }

  @Override
  public Invitations invitations() {
    return absent(Invitations.class);
  }

  @Override
  public AuditLog auditLog() {
    return new AuditLog() {
      @Override
      public Future<Void> append(AuditEntry draft) {
        audit.add(draft);
        return Future.succeededFuture();
      }

      @Override
      public Future<Page<AuditEntry>> list(Filter filter, Paging paging) {
        return Future.succeededFuture(new Page<>(audit, audit.size()));
      }

      @Override
      public Future<Integer> forget(Instant before) {
        return Future.succeededFuture(0);
      }
    };
  }

  @Override
  public Pictures pictures() {
    return absent(Pictures.class);
  }

  @Override
  public Departures departures() {
    return absent(Departures.class);
  }

  @Override
  public Digests digests() {
    return absent(Digests.class);
  }

  /** Tests that need it run on real metadata. */
  private static <T> T absent(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(port + " is not in memory");
            }));
  }

  @Override
  public Future<Void> check() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
