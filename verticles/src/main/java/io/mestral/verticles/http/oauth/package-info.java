/** The authorization server over HTTP: its pages, its endpoints, and the applications of users. */
package io.mestral.verticles.http.oauth;
