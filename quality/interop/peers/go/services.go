package main

import (
	"context"
	"fmt"

	"github.com/libp2p/go-libp2p/core/host"
)

// addServices adds what the options ask for beyond a plain host.
func addServices(ctx context.Context, h host.Host, o options, commands map[string]command) error {
	if o.kad != "" || len(o.topics) > 0 || o.blocks != "" {
		return fmt.Errorf("this peer has no Kademlia, gossip and Bitswap yet")
	}
	return nil
}
