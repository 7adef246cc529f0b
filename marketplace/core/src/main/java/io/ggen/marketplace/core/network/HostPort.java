package io.ggen.marketplace.core.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A place to listen at: {@code 127.0.0.1:7878}, {@code [::1]:0}, {@code localhost:80}.
 *
 * @param host an IP address or name, without brackets
 * @param port 0 to 65,535; 0 for any that is free
 */
public record HostPort(String host, int port) {
    /** Any free port of 127.0.0.1. */
    public static final HostPort LOOPBACK = new HostPort("127.0.0.1", 0);

    /** Refuses ports that do not exist. */
    public HostPort {
        if (host.isEmpty() || port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not HOST:PORT: " + host + ":" + port);
        }
    }

    /** Reads {@code HOST:PORT}; throws IllegalArgumentException for other text. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("not HOST:PORT: " + text);
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("write an IPv6 address in brackets: " + text);
        }
        try {
            return new HostPort(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not HOST:PORT: " + text, e);
        }
    }

    /** Returns the address; resolves a name, which may block. */
    public InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** Returns {@code HOST:PORT}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
