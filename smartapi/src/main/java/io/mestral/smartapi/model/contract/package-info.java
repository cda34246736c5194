/** Who may do what, agreements, accounts, and the evidence of both. */
package io.mestral.smartapi.model.contract;
