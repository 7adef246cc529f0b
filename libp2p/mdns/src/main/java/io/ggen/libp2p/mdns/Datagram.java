package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;

import java.net.InetAddress;

/**
 * What came in by a link.
 *
 * @param source who sent it, which proves nothing
 * @param isOwn whether that is an address of this machine
 */
public record Datagram(Link link, InetAddress source, boolean isOwn, Bytes content) {
    /**
     * The longest that is sent and read, with its IP and UDP headers.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-17">RFC 6762, section 17</a>
     */
    public static final int MAX_LENGTH = 9000;
}
