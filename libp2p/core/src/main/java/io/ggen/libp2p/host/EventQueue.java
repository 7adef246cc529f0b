package io.ggen.libp2p.host;

import io.ggen.libp2p.host.HostEvent.AddressesChanged;
import io.ggen.libp2p.host.HostEvent.PeerConnected;
import io.ggen.libp2p.host.HostEvent.PeerDisconnected;
import io.ggen.libp2p.host.HostEvent.PeerIdentified;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Events that listeners have yet to hear of, in order. What one of them makes untrue or says again
 * is left out: a peer that came and went unheard is not told of, and of its own addresses a host
 * tells the last. So no more than three events wait for each peer that is connected or that
 * listeners take for connected. Thread-safe.
 */
final class EventQueue {
    private final Set<HostEvent> waiting = new LinkedHashSet<>();
    private boolean told;

    /** Adds {@code event}; returns whether somebody must begin to {@link #next take}. */
    synchronized boolean add(HostEvent event) {
        switch (event) {
            case PeerConnected connected -> waiting.add(connected);
            case PeerIdentified identified -> waiting.add(identified);
            case PeerDisconnected gone -> {
                waiting.remove(new PeerIdentified(gone.peer()));
                if (!waiting.remove(new PeerConnected(gone.peer()))) {
                    waiting.add(gone);
                }
            }
            case AddressesChanged changed -> {
                waiting.removeIf(AddressesChanged.class::isInstance);
                waiting.add(changed);
            }
        }
        boolean begins = !told && !waiting.isEmpty();
        told |= begins;
        return begins;
    }

    /** Takes the next event; empty when there is none and whoever takes is to stop. */
    synchronized Optional<HostEvent> next() {
        Optional<HostEvent> first = waiting.stream().findFirst();
        first.ifPresent(waiting::remove);
        told = first.isPresent();
        return first;
    }
}
