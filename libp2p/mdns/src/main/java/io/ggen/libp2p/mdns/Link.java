package io.ggen.libp2p.mdns;

/**
 * A way onto a network: one interface of this machine with one version of IP.
 *
 * @param index the system's number of the interface
 * @param name the system's name of the interface
 * @param isSix IPv6, not IPv4
 */
public record Link(int index, String name, boolean isSix) {
    @Override
    public String toString() {
        return name + (isSix ? "/ip6" : "/ip4");
    }
}
