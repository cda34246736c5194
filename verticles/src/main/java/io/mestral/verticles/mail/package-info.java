/** Sends what waits in the mail queue. */
package io.mestral.verticles.mail;
