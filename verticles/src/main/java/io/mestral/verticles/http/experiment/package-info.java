/** Experiments over HTTP. */
package io.mestral.verticles.http.experiment;
