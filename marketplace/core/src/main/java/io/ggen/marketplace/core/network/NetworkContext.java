package io.ggen.marketplace.core.network;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.keys.Passphrases;

import java.time.InstantSource;

/**
 * What the network gets from the program around it.
 *
 * @param home whose identity, store and catalogue the node has
 * @param clock tells the time
 * @param progress hears of fallbacks, repairs and waits
 * @param passphrases open the node's key where it is encrypted
 */
public record NetworkContext(
        Home home,
        NetworkOptions options,
        InstantSource clock,
        Progress progress,
        Passphrases passphrases) {
    /** Returns this with other options. */
    public NetworkContext with(NetworkOptions other) {
        return new NetworkContext(home, other, clock, progress, passphrases);
    }
}
