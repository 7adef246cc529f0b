package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
)

const commandLimit = 20 * time.Second

// command answers one line of standard input with the fields of its reply.
type command func(ctx context.Context, words []string) (map[string]any, error)

// listen serves until standard input ends, and answers its commands in order.
func listen(ctx context.Context, o options) error {
	h, err := newHost(o, fmt.Sprintf("/ip4/127.0.0.1/tcp/%d", o.port))
	if err != nil {
		return err
	}
	defer h.Close()
	commands := hostCommands(h)
	if err := addServices(ctx, h, o, commands); err != nil {
		return err
	}
	say(map[string]any{"event": "listening", "addr": fmt.Sprintf("%s/p2p/%s", h.Addrs()[0], h.ID())})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) > 0 {
			reply(ctx, commands, words)
		}
	}
	return lines.Err()
}

func reply(ctx context.Context, commands map[string]command, words []string) {
	ctx, cancel := context.WithTimeout(ctx, commandLimit)
	defer cancel()
	run, ok := commands[words[0]]
	if !ok {
		run = func(context.Context, []string) (map[string]any, error) {
			return nil, fmt.Errorf("no such command here")
		}
	}
	fields, err := run(ctx, words[1:])
	if err != nil {
		fields = map[string]any{"error": err.Error()}
	}
	fields["event"], fields["cmd"], fields["ok"] = "reply", words[0], err == nil
	say(fields)
}

func hostCommands(h host.Host) map[string]command {
	return map[string]command{
		"dial": func(ctx context.Context, words []string) (map[string]any, error) {
			info, err := addressed(words)
			if err != nil {
				return nil, err
			}
			if err := h.Connect(ctx, *info); err != nil {
				return nil, err
			}
			return map[string]any{"id": info.ID.String()}, nil
		},
		"peers": func(context.Context, []string) (map[string]any, error) {
			return map[string]any{"peers": peers(h)}, nil
		},
		"ping": func(ctx context.Context, words []string) (map[string]any, error) {
			id, err := identified(words)
			if err != nil {
				return nil, err
			}
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			result := <-ping.Ping(ctx, h, id)
			return map[string]any{"rttMs": result.RTT.Seconds() * 1000}, result.Error
		},
		"handle": func(_ context.Context, words []string) (map[string]any, error) {
			if len(words) != 1 {
				return nil, fmt.Errorf("handle PROTOCOL")
			}
			handle(h, words[0])
			return map[string]any{}, nil
		},
	}
}

func addressed(words []string) (*peer.AddrInfo, error) {
	if len(words) != 1 {
		return nil, fmt.Errorf("one address, please")
	}
	return peer.AddrInfoFromString(words[0])
}

func identified(words []string) (peer.ID, error) {
	if len(words) != 1 {
		return "", fmt.Errorf("one peer id, please")
	}
	return peer.Decode(words[0])
}

func peers(h host.Host) []map[string]any {
	list := []map[string]any{}
	for _, id := range h.Network().Peers() {
		agent, _ := h.Peerstore().Get(id, "AgentVersion")
		protocols, _ := h.Peerstore().GetProtocols(id)
		slices.Sort(protocols)
		addresses := []string{}
		for _, address := range h.Peerstore().Addrs(id) {
			addresses = append(addresses, address.String())
		}
		list = append(list, map[string]any{"id": id.String(), "addrs": addresses, "agent": agent, "protocols": protocols})
	}
	return list
}
