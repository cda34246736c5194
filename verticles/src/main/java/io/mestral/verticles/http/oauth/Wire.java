package io.mestral.verticles.http.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Between our exchanges and the protocol library's messages. */
final class Wire {
  private static final String NO_STORE = "no-store";
  private static final URI ANYWHERE = URI.create("http://localhost/"); // no message depends on it

  private Wire() {}

  /** A request with a body; ends the exchange when it has no type that can be read. */
  static HTTPRequest post(Exchange exchange) {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, ANYWHERE);
    try {
      request.setContentType(exchange.header("Content-Type").orElse("text/plain"));
    } catch (ParseException unreadable) {
      throw Problem.badRequest("The content type can't be read");
    }
    exchange.header("Authorization").ifPresent(request::setAuthorization);
    request.setBody(exchange.body().toString(StandardCharsets.UTF_8));
    return request;
  }

  static Answer answer(HTTPResponse response) {
    String body = response.getBody() == null ? "" : response.getBody();
    return json(response.getStatusCode(), body);
  }

  /** JSON that nobody may keep. */
  static Answer json(int status, String body) {
    return Answer.text(status, Answer.JSON, body)
        .with("Cache-Control", NO_STORE)
        .with("Pragma", "no-cache");
  }

  static Answer error(ErrorObject error) {
    int status = error.getHTTPStatusCode() < 400 ? 400 : error.getHTTPStatusCode();
    return json(status, error.toJSONObject().toJSONString());
  }
}
