/**
 * The port to the package network: what commands and front ends ask of a node, without a word of
 * how nodes talk to each other. No type of the network stack stands here but {@link
 * io.ggen.multiformats.Multiaddr}.
 *
 * <p>Three parties meet here:
 *
 * <ul>
 *   <li>{@link io.ggen.marketplace.core.network.Network} is one node. Whoever composes a node of
 *       its protocols implements it, over a {@link io.ggen.marketplace.core.Registry} that {@link
 *       io.ggen.marketplace.core.network.Network#registry()} returns and an {@link
 *       io.ggen.marketplace.core.network.EventHub} into which it publishes; it takes its {@link
 *       io.ggen.marketplace.core.network.NetworkOptions} and the {@link
 *       io.ggen.marketplace.core.network.NetworkContext}. It starts in its constructor or a static
 *       method, and ends with {@code close()}. The test suite {@code NetworkContract} says what it
 *       promises. The client of a running node's API is another implementation.
 *   <li>{@link io.ggen.marketplace.core.network.NetworkProvider} decides which of these a command
 *       gets, and runs nodes; it is found with {@link java.util.ServiceLoader}. Without one, this
 *       program is without the network.
 *   <li>Commands call both, and write {@link io.ggen.marketplace.core.network.Fields}, in which
 *       every answer has one form for JSON, tables and the API.
 * </ul>
 *
 * <p>Peers are named by the text of their peer id, addresses are multiaddresses.
 */
@NullMarked
package io.ggen.marketplace.core.network;

import org.jspecify.annotations.NullMarked;
