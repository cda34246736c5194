/** Brings what a store keeps to another one while the node serves. */
package io.mestral.node.moving;
