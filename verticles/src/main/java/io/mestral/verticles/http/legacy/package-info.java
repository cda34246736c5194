/** What kits of the first generation (SCK 1.x) speak: headers in, the time out. */
package io.mestral.verticles.http.legacy;
