/**
 * How verticles of one node talk: addresses, a codec that passes by reference, questions, answers.
 */
package io.mestral.verticles.bus;
