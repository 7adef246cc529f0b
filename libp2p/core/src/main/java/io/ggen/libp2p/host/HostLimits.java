package io.ggen.libp2p.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host allows.
 *
 * @param system of all peers together
 * @param peer of each peer
 * @param crowding of connections that come in
 * @param dialTimeout how long connecting to one address may take
 * @param handshakeTimeout how long securing a connection may take
 * @param lowWater to how many connections the manager goes back
 * @param highWater beyond how many connections it begins to close some
 * @param grace how long a new connection is left alone and not counted, while there is room
 */
public record HostLimits(
        ResourceScope.Limits system,
        ResourceScope.Limits peer,
        Crowding crowding,
        Duration dialTimeout,
        Duration handshakeTimeout,
        int lowWater,
        int highWater,
        Duration grace) {
    private static final int MAX_CONNECTIONS = 1024;
    private static final int MIN_CONNECTIONS = 64;
    private static final int STREAMS_PER_CONNECTION = 16;
    private static final int USUAL_FILES = 4096;

    /**
     * Returns limits for this machine: an eighth of the heap for what streams hold, a quarter of
     * that for each peer; a quarter of the file descriptors for connections, at most 1,024; water
     * marks of 96 and 192, or 3/8 and 3/4 of the connections where these are fewer, with 20 s of
     * grace; 8 connections and 512 streams a peer.
     */
    public static HostLimits standard() {
        return of(Runtime.getRuntime().maxMemory(), fileDescriptors());
    }

    /** Returns the limits for {@code heap} bytes and {@code files} file descriptors. */
    static HostLimits of(long heap, int files) {
        long memory = heap / 8;
        int connections = Math.clamp(files / 4, MIN_CONNECTIONS, MAX_CONNECTIONS);
        return new HostLimits(
                new ResourceScope.Limits(connections, connections * STREAMS_PER_CONNECTION, memory),
                new ResourceScope.Limits(8, 512, memory / 4),
                Crowding.standard(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                Math.min(96, connections * 3 / 8),
                Math.min(192, connections * 3 / 4),
                Duration.ofSeconds(20));
    }

    /** Where the system does not tell, a usual number. */
    private static int fileDescriptors() {
        Path limits = Path.of("/proc/self/limits");
        try {
            Matcher line =
                    Pattern.compile("Max open files +(\\d{1,9}) ")
                            .matcher(Files.exists(limits) ? Files.readString(limits) : "");
            return line.find() ? Integer.parseInt(line.group(1)) : USUAL_FILES;
        } catch (IOException e) {
            System.getLogger(HostLimits.class.getName())
                    .log(System.Logger.Level.DEBUG, "how many files may be open is not told", e);
            return USUAL_FILES;
        }
    }

    /** Returns these limits with other ones for all peers together. */
    public HostLimits inAll(ResourceScope.Limits other) {
        return new HostLimits(
                other, peer, crowding, dialTimeout, handshakeTimeout, lowWater, highWater, grace);
    }

    /** Returns these limits with other ones for each peer. */
    public HostLimits perPeer(ResourceScope.Limits other) {
        return new HostLimits(
                system, other, crowding, dialTimeout, handshakeTimeout, lowWater, highWater, grace);
    }

    /** Returns these limits with other ones for connections that come in. */
    public HostLimits crowded(Crowding other) {
        return new HostLimits(
                system, peer, other, dialTimeout, handshakeTimeout, lowWater, highWater, grace);
    }

    /** Returns these limits with other times to connect and to secure a connection. */
    public HostLimits within(Duration dial, Duration handshake) {
        return new HostLimits(system, peer, crowding, dial, handshake, lowWater, highWater, grace);
    }

    /** Returns these limits with other water marks and another time of grace. */
    public HostLimits trimmed(int low, int high, Duration newcomers) {
        return new HostLimits(
                system, peer, crowding, dialTimeout, handshakeTimeout, low, high, newcomers);
    }
}
