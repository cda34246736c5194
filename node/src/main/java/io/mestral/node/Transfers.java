package io.mestral.node;

import io.mestral.config.MestralConfig;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.exporting.ArchiveMail;
import io.mestral.verticles.exporting.ExportFolder;
import io.mestral.verticles.exporting.ExportVerticle;
import io.mestral.verticles.http.csv.CsvParts;
import io.mestral.verticles.mail.MailVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** CSV and mail: what the HTTP API needs of them, and what works behind it. */
final class Transfers {
  private final Vertx vertx;
  private final MestralConfig config;
  private final Metadata metadata;
  private final Messaging.Probes probes;
  private final CsvParts parts;
  private final List<String> deployments = new ArrayList<>();

  Transfers(
      Vertx vertx,
      MestralConfig config,
      Metadata metadata,
      ReadingStore readings,
      Messaging.Probes probes) {
    this.vertx = vertx;
    this.config = config;
    this.metadata = metadata;
    this.probes = probes;
    this.parts =
        new CsvParts(
            new CsvArchive(vertx, metadata, readings),
            new ExportFolder(
                config.storage().dataDir().resolve("exports"), config.csv().archivesMaxBytes()),
            config.csv(),
            probes.meters());
  }

  CsvParts parts() {
    return parts;
  }

  /**
   * Begins to make archives and to send mail.
   *
   * @param http where the HTTP API listens
   */
  Future<Void> open(String http) {
    String base = config.http().publicUrl().orElse(http);
    ExportVerticle.Parts exporting =
        new ExportVerticle.Parts(
            metadata,
            parts.archive(),
            parts.folder(),
            config.mail().map(mail -> new ArchiveMail(base)),
            probes.clock());
    return vertx
        .deployVerticle(new ExportVerticle(exporting, probes.meters()))
        .onSuccess(deployments::add)
        .compose(done -> openMail());
  }

  private Future<Void> openMail() {
    if (config.mail().isEmpty()) return Future.succeededFuture();
    return vertx
        .deployVerticle(
            new MailVerticle(
                metadata.mails(), config.mail().get(), probes.meters(), probes.clock()))
        .onSuccess(deployments::add)
        .mapEmpty();
  }

  Future<Void> close() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
  }
}
