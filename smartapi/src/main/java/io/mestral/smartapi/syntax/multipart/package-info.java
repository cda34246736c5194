/** Messages of several parts, {@code multipart/related} (Smart API, sections 7.1 and 7.5). */
package io.mestral.smartapi.syntax.multipart;
