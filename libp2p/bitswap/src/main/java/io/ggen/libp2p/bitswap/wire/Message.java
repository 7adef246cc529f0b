package io.ggen.libp2p.bitswap.wire;

import io.ggen.content.Block;

import java.util.List;

/**
 * A message of Bitswap 1.2.
 *
 * @param full whether the wants replace all earlier ones
 * @param blocks in one that was read, each under the name that its own bytes give
 */
public record Message(
        List<Want> wants, boolean full, List<Block> blocks, List<Presence> presences) {
    /** Copies the lists. */
    public Message {
        wants = List.copyOf(wants);
        blocks = List.copyOf(blocks);
        presences = List.copyOf(presences);
    }

    /** Returns a message of changes to the wantlist. */
    public static Message of(List<Want> wants) {
        return new Message(wants, false, List.of(), List.of());
    }

    /** Returns a message of answers. */
    public static Message answer(List<Block> blocks, List<Presence> presences) {
        return new Message(List.of(), false, blocks, presences);
    }

    /** Returns whether there is nothing in it. */
    public boolean isEmpty() {
        return wants.isEmpty() && blocks.isEmpty() && presences.isEmpty() && !full;
    }
}
