package io.ggen.libp2p.transport;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** A TCP connection. Direct buffers reach the system without a copy. */
final class TcpConnection implements RawConnection {
    private final SocketChannel channel;

    TcpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException e) {
            throw failed("reading", e);
        }
    }

    @Override
    public void write(ByteBuffer from) {
        try {
            while (from.hasRemaining()) {
                channel.write(from);
            }
        } catch (IOException e) {
            throw failed("writing", e);
        }
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void closeWrite() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw failed("closing", e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    @Override
    public Multiaddr localAddress() {
        try {
            return SocketAddresses.multiaddr((InetSocketAddress) channel.getLocalAddress());
        } catch (IOException e) {
            throw failed("asking for the address", e);
        }
    }

    @Override
    public Multiaddr remoteAddress() {
        try {
            return SocketAddresses.multiaddr((InetSocketAddress) channel.getRemoteAddress());
        } catch (IOException e) {
            throw failed("asking for the address", e);
        }
    }

    private static Libp2pException failed(String what, IOException e) {
        boolean closed = e instanceof ClosedChannelException;
        return new Libp2pException(
                closed ? Code.CONNECTION_CLOSED : Code.IO,
                what + " failed: " + (closed ? "the connection is closed" : e.getMessage()),
                e);
    }

    static void closeQuietly(@Nullable Channel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            System.getLogger(TcpConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a socket failed", e);
        }
    }
}
