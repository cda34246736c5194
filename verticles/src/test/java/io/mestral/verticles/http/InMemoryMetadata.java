package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.AuditEntry;
import io.mestral.storage.AuditLog;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.Departures;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.Digests;
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
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.WatchedDevice;
import io.mestral.storage.search.Search;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Metadata in maps, with a handful of sensors of the real catalogue. */
public final class InMemoryMetadata implements Metadata {
  static final Instant SEEDED = Instant.parse("2015-02-02T18:18:00Z");

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
    return new SensorCatalogue() {
      @Override
      public Future<List<Sensor>> sensors() {
        return Future.succeededFuture(
            List.of(
                sensor(4, "Temperature (legacy)", "temp", "x"),
                sensor(10, "Battery SCK", "bat", "x"),
                sensor(12, "HPP828E031 - Temperature", "temp", "x/10"),
                sensor(53, "NXP ICS43432 - Noise", "noise_dba", "x"),
                sensor(55, "Sensirion SHT31 - Temperature", "t", "x"),
                sensor(58, "NXP MPL3115A2 - Barometric Pressure", "bar", "x/10 + 1")));
      }

      @Override
      public Future<Page<Sensor>> sensors(Search search, Paging paging) {
        return Future.failedFuture(new UnsupportedOperationException("no searches in memory"));
      }

      @Override
      public Future<List<Measurement>> measurements() {
        return Future.succeededFuture(
            List.of(
                new Measurement(
                    1,
                    new UUID(0, 1),
                    "Air Temperature",
                    "How warm the air is",
                    Optional.empty(),
                    Optional.empty(),
                    SEEDED,
                    SEEDED)));
      }
    };
  }

  private static Sensor sensor(int id, String name, String key, String equation) {
    return new Sensor(
        new SensorId(id),
        new UUID(1, id),
        id == 55 ? OptionalInt.of(54) : OptionalInt.empty(),
        name,
        "About " + name,
        key,
        Optional.of("u"),
        id == 55 ? OptionalInt.of(1) : OptionalInt.empty(),
        Calibration.parse(equation),
        Calibration.IDENTITY,
        Optional.empty(),
        Optional.empty(),
        SEEDED,
        SEEDED);
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
