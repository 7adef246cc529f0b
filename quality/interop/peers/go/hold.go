package main

import (
	"context"
	"io"
	"os"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/transport"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
)

// hold opens connections and keeps them idle until standard input ends; only this peer knows the mode,
// to measure what a connection costs the one that it dials.
func hold(ctx context.Context, h host.Host, info peer.AddrInfo, count int) error {
	dialer := h.Network().(*swarm.Swarm).TransportForDialing(info.Addrs[0])
	for range count {
		connection, err := dialer.Dial(ctx, info.Addrs[0], info.ID)
		if err != nil {
			return err
		}
		go refuse(connection)
	}
	say(map[string]any{"event": "holding", "impl": "go", "count": count})
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// refuse resets what the other side opens, so that nothing stays open but the connection.
func refuse(connection transport.CapableConn) {
	for {
		stream, err := connection.AcceptStream()
		if err != nil {
			return
		}
		stream.Reset()
	}
}
