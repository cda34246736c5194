/** The node as an authorization server: OAuth 2.1 and the core of OpenID Connect, without HTTP. */
package io.mestral.verticles.auth.oauth;
