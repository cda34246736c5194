/** CSV over HTTP: archives on their way out, SD cards on their way in. */
package io.mestral.verticles.http.csv;
