/** Smart API messages over HTTP (Smart API, section 8.1). */
package io.mestral.verticles.http.smartapi;
