package io.mestral.smartapi.price;

import java.math.BigDecimal;

/**
 * What something costs.
 *
 * @param amount the sum as the price list says it, rounded half even to the currency's minor unit
 * @param withTax the same with the tax that the price list adds to it, rounded alike; equal where
 *     tax is included, or none is named
 * @param currency the code of ISO 4217
 */
public record Price(BigDecimal amount, BigDecimal withTax, String currency) {}
