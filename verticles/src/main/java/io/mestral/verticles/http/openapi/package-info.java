/**
 * The HTTP API's contract: which operations there are, as an OpenAPI document that is joined from
 * the files of its rooms, shown to clients, and the one source of the routes.
 */
package io.mestral.verticles.http.openapi;
