/** Who somebody is, how that is shown, and what follows from it. */
package io.mestral.model.access;
