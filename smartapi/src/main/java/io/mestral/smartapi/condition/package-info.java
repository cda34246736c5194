/**
 * Boolean formulas where a fixed value would otherwise stand, {@code smartapi:Condition}: read,
 * written and evaluated in three-valued logic (Smart API, section 5.3).
 */
package io.mestral.smartapi.condition;
