/** What every HTTP request passes before a resource sees it, and every answer on its way out. */
package io.mestral.verticles.http.door;
