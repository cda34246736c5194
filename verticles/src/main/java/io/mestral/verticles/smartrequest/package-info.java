/** The doorman of Smart API requests, and who is who in them. */
package io.mestral.verticles.smartrequest;
