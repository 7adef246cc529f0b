package io.ggen.marketplace.core.network;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.keys.Passphrases;

import java.time.InstantSource;

/**
 * What the network gets from the program around it.
 *
 * @param version of this program, such as {@code 0.1.0}
 * @param home whose identity, store and catalogue the node has
 * @param clock tells the time
 * @param progress hears of fallbacks, repairs and waits
 * @param passphrases open the node's key where it is encrypted
 */
public record NetworkContext(
        String version,
        Home home,
        NetworkOptions options,
        InstantSource clock,
        Progress progress,
        Passphrases passphrases) {
    /** Returns this with other options. */
    public NetworkContext with(NetworkOptions other) {
        return new NetworkContext(version, home, other, clock, progress, passphrases);
    }
}
