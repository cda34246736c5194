/** Selling access to Entities: prices, offers, contracts and accounts (Smart API, 2.12 to 2.16). */
package io.mestral.routing.request.trade;
