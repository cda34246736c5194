package io.mestral.node;

import io.mestral.config.MailOptions;
import io.mestral.config.MestralConfig;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.exporting.ArchiveMail;
import io.mestral.verticles.exporting.ExportFolder;
import io.mestral.verticles.exporting.ExportVerticle;
import io.mestral.verticles.http.Platform;
import io.mestral.verticles.http.csv.CsvParts;
import io.mestral.verticles.mail.LetterSeal;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.mail.MailVerticle;
import io.mestral.verticles.people.DigestVerticle;
import io.mestral.verticles.people.DigestWriter;
import io.mestral.verticles.people.NoticeVerticle;
import io.mestral.verticles.people.PeopleCareVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** CSV, mail and care for people: what the HTTP API needs of them, and what works behind it. */
final class Transfers {
  private final Vertx vertx;
  private final MestralConfig config;
  private final Metadata metadata;
  private final ReadingStore readings;
  private final Messaging.Probes probes;
  private final TokenVault vault;
  private final Platform.People people;
  private final CsvParts parts;
  private final List<String> deployments = new ArrayList<>();

  /**
   * What it takes to write to people.
   *
   * @param base of links, once the node listens
   */
  record Writing(TokenVault vault, Supplier<String> base, Messaging.Probes probes) {}

  Transfers(
      Vertx vertx,
      MestralConfig config,
      Metadata metadata,
      ReadingStore readings,
      Writing writing) {
    this.vertx = vertx;
    this.config = config;
    this.metadata = metadata;
    this.readings = readings;
    this.probes = writing.probes();
    this.vault = writing.vault();
    this.people =
        new Platform.People(
            config.accounts(),
            writing.base(),
            config
                .mail()
                .map(mail -> new Letters(vault, writing.base(), writing.probes().clock())));
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

  Platform.People people() {
    return people;
  }

  /** Begins to make archives, to care for people, and to send mail. */
  Future<Void> open() {
    ExportVerticle.Parts exporting =
        new ExportVerticle.Parts(
            metadata,
            parts.archive(),
            parts.folder(),
            people.letters().map(ArchiveMail::new),
            probes.clock());
    PeopleCareVerticle.Terms terms =
        new PeopleCareVerticle.Terms(config.accounts().auditMaxAge(), PeopleCareVerticle.PAUSE);
    return deploy(new ExportVerticle(exporting, probes.meters()))
        .compose(done -> deploy(new PeopleCareVerticle(metadata, readings, terms, probes.clock())))
        .compose(
            done ->
                people.letters().isPresent()
                    ? openMail(config.mail().orElseThrow(), people.letters().get())
                    : Future.succeededFuture());
  }

  private Future<Void> openMail(MailOptions options, Letters letters) {
    DigestWriter digests = new DigestWriter(metadata, readings, letters);
    return deploy(
            new MailVerticle(
                metadata.mails(), options, new LetterSeal(vault), probes.meters(), probes.clock()))
        .compose(done -> deploy(new NoticeVerticle(metadata, letters)))
        .compose(
            done ->
                deploy(
                    new DigestVerticle(metadata, digests, probes.clock(), DigestVerticle.PAUSE)));
  }

  private Future<Void> deploy(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployments::add).mapEmpty();
  }

  Future<Void> close() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
  }
}
