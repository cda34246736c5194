/** Accounts over HTTP: signing up and in, and what users see of themselves and each other. */
package io.mestral.verticles.http.account;
