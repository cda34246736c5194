/** Who somebody is and may do: tokens, passwords, the platform's access rules. */
package io.mestral.verticles.auth;
