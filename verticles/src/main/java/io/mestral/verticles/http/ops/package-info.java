/** What administrators do over HTTP, and the command line for them. */
package io.mestral.verticles.http.ops;
