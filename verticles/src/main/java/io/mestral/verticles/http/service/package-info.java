/** The node about itself: what it is, whether it is well, what it counts. */
package io.mestral.verticles.http.service;
