/** Following what the metadata holds: all of it at first, and then what changes. */
package io.mestral.verticles.follow;
