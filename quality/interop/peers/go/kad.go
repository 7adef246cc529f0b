package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"github.com/ipfs/go-cid"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	record "github.com/libp2p/go-libp2p-record"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/core/routing"
	"github.com/multiformats/go-multihash"
)

// greatest takes any value and prefers the bytewise greater one.
type greatest struct{}

func (greatest) Validate(string, []byte) error { return nil }

func (greatest) Select(_ string, values [][]byte) (int, error) {
	best := 0
	for i, value := range values {
		if bytes.Compare(value, values[best]) > 0 {
			best = i
		}
	}
	return best, nil
}

// addKad runs Kademlia under exactly the protocol id of the options, for values under /ggen.
func addKad(h host.Host, o options, commands map[string]command) error {
	mode := dht.ModeServer
	if o.kadMode == "client" {
		mode = dht.ModeClient
	}
	d, err := dht.New(h,
		dht.Mode(mode),
		dht.ProtocolPrefix("/ggen"),
		dht.V1ProtocolOverride(protocol.ID(o.kad)),
		dht.Validator(record.NamespacedValidator{"ggen": greatest{}}))
	if err != nil {
		return err
	}
	commands["put"] = func(ctx context.Context, words []string) (map[string]any, error) {
		key, value, err := keyed(words)
		if err == nil {
			err = d.PutValue(ctx, key, value)
		}
		return map[string]any{}, err
	}
	commands["get"] = func(ctx context.Context, words []string) (map[string]any, error) { return get(ctx, d, words) }
	commands["provide"] = func(ctx context.Context, words []string) (map[string]any, error) {
		content, err := content(words)
		if err == nil {
			err = d.Provide(ctx, content, true)
		}
		return map[string]any{}, err
	}
	commands["providers"] = func(ctx context.Context, words []string) (map[string]any, error) {
		content, err := content(words)
		if err != nil {
			return nil, err
		}
		providers := []map[string]any{}
		for info := range d.FindProvidersAsync(ctx, content, 0) {
			providers = append(providers, described(info))
		}
		return map[string]any{"providers": providers}, nil
	}
	commands["find"] = func(ctx context.Context, words []string) (map[string]any, error) {
		id, err := identified(words)
		if err != nil {
			return nil, err
		}
		info, err := d.FindPeer(ctx, id)
		return map[string]any{"addrs": described(info)["addrs"]}, err
	}
	return nil
}

// get finds the best value and counts the peers that had one.
func get(ctx context.Context, d *dht.IpfsDHT, words []string) (map[string]any, error) {
	if len(words) != 1 {
		return nil, fmt.Errorf("one key, please")
	}
	ctx, cancel := context.WithCancel(ctx)
	events, published := routing.RegisterForQueryEvents(ctx)
	answered := make(chan int)
	go func() {
		peers := map[peer.ID]bool{}
		for event := range published {
			if event.Type == routing.PeerResponse {
				peers[event.ID] = true
			}
		}
		answered <- len(peers)
	}()
	value, err := d.GetValue(events, words[0])
	cancel()
	from := <-answered
	return map[string]any{"valueBase64": base64.StdEncoding.EncodeToString(value), "from": from}, err
}

func content(words []string) (cid.Cid, error) {
	if len(words) != 1 {
		return cid.Undef, fmt.Errorf("one multihash in hex, please")
	}
	raw, err := hex.DecodeString(words[0])
	if err != nil {
		return cid.Undef, err
	}
	hash, err := multihash.Cast(raw)
	return cid.NewCidV1(cid.Raw, hash), err
}
