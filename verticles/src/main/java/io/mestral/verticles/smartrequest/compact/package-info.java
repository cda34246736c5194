/**
 * The compact form: JSON for gateways without RDF, and what it means in the Smart API's terms
 * (Smart API, section 8.2).
 */
package io.mestral.verticles.smartrequest.compact;
