package io.mestral.verticles.http.service;

import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.KnownTags;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;

/** A description for machines that stays as it is while the node runs. */
public final class DescriptionResource {
  private final Buffer document;
  private final String etag;

  /** Shows that document, in JSON. */
  public DescriptionResource(Buffer document) {
    CRC32 crc = new CRC32();
    crc.update(document.getBytes());
    this.document = document;
    this.etag = "W/\"" + Long.toHexString(crc.getValue()) + "-" + document.length() + "\"";
  }

  /** The document, unless the asker has it. */
  public Future<Answer> show(Exchange exchange) {
    boolean known = KnownTags.of(exchange.headers("If-None-Match")).matches(etag);
    Answer answer = known ? Answer.json(304, Buffer.buffer()) : Answer.json(200, document).shared();
    return Future.succeededFuture(answer.with("ETag", etag));
  }
}
