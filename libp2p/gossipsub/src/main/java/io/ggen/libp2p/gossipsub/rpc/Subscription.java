package io.ggen.libp2p.gossipsub.rpc;

/**
 * A peer's word that it wants the messages of a topic, or wants them no more.
 *
 * @param subscribe false to leave the topic
 */
public record Subscription(boolean subscribe, String topic) {}
