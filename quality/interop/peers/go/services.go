package main

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
)

// addServices adds what the options ask for beyond a plain host.
func addServices(ctx context.Context, h host.Host, o options, commands map[string]command) error {
	if o.blocks != "" {
		if err := addBlocks(ctx, h, o.blocks, commands); err != nil {
			return err
		}
	}
	if o.kad != "" {
		if err := addKad(h, o, commands); err != nil {
			return err
		}
	}
	if len(o.topics) > 0 {
		return addGossip(ctx, h, o, commands)
	}
	return nil
}

// keyed reads the words KEY BASE64 of put and publish.
func keyed(words []string) (string, []byte, error) {
	if len(words) != 2 {
		return "", nil, fmt.Errorf("a name and a value in base64, please")
	}
	value, err := base64.StdEncoding.DecodeString(words[1])
	return words[0], value, err
}

// described is how a peer with its addresses is told.
func described(info peer.AddrInfo) map[string]any {
	addresses := []string{}
	for _, address := range info.Addrs {
		addresses = append(addresses, address.String())
	}
	return map[string]any{"id": info.ID.String(), "addrs": addresses}
}
