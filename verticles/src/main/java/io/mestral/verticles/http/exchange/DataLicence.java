package io.mestral.verticles.http.exchange;

import java.util.Optional;

/**
 * Says with answers that carry people's data what others may do with it (RFC 8288, relation {@code
 * license}). Lists in pages don't say it: clients look for the next page in that header.
 *
 * @param link where the licence stands; empty to say nothing
 */
public record DataLicence(Optional<String> link) {
  private static final String HEADER = "Link";

  /** The same endpoint, whose answers say it. */
  public Endpoint on(Endpoint endpoint) {
    return link.<Endpoint>map(
            there -> exchange -> endpoint.answer(exchange).map(a -> a.with(HEADER, value(there))))
        .orElse(endpoint);
  }

  /** The same for answers that are made while they are sent. */
  public StreamedAnswer.Source on(StreamedAnswer.Source source) {
    return link.<StreamedAnswer.Source>map(
            there -> exchange -> source.answer(exchange).map(a -> a.with(HEADER, value(there))))
        .orElse(source);
  }

  private static String value(String there) {
    return "<" + there + ">; rel=\"license\"";
  }
}
