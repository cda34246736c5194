/** Offers and prices. */
package io.mestral.smartapi.model.trade;
