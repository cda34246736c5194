/** CSV as the platform writes it and as kits write it, whoever carries it. */
package io.mestral.verticles.csv;
