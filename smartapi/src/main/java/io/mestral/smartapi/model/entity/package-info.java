/** What is operated on: devices, gateways, people, services. */
package io.mestral.smartapi.model.entity;
