/**
 * What happens to people's accounts beside requests: forgotten passwords, notices by mail, digests,
 * pictures, and what is left of those who leave.
 */
package io.mestral.verticles.people;
