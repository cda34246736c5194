package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.ExperimentRegistry;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.Metadata;
import io.mestral.storage.PostprocessingRegistry;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.TextSearch;
import io.mestral.storage.WatchedDevice;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Metadata in maps, with a handful of sensors of the real catalogue. */
public final class InMemoryMetadata implements Metadata {
  final InMemoryTokens tokens = new InMemoryTokens();
  final InMemoryUsers users = new InMemoryUsers(tokens);
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
  public Future<Void> check() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
