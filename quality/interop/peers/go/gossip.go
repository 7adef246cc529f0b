package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sync"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// addGossip subscribes to the topics and prints each message that others publish there.
func addGossip(ctx context.Context, h host.Host, o options, commands map[string]command) error {
	meshes := &meshes{peers: map[string]map[peer.ID]bool{}}
	router, err := pubsub.NewGossipSub(ctx, h,
		pubsub.WithGossipSubProtocols(versions(o.meshsub), pubsub.GossipSubDefaultFeatures),
		pubsub.WithEventTracer(meshes),
		pubsub.WithMessageIdFn(messageID),
		pubsub.WithMessageSignaturePolicy(pubsub.StrictSign),
		pubsub.WithFloodPublish(true))
	if err != nil {
		return err
	}
	topics := map[string]*pubsub.Topic{}
	for _, name := range o.topics {
		topic, err := router.Join(name)
		if err != nil {
			return err
		}
		subscription, err := topic.Subscribe()
		if err != nil {
			return err
		}
		topics[name] = topic
		go tell(ctx, h, subscription)
	}
	commands["publish"] = func(ctx context.Context, words []string) (map[string]any, error) {
		name, data, err := keyed(words)
		if err != nil {
			return nil, err
		}
		topic, ok := topics[name]
		if !ok {
			return nil, fmt.Errorf("not subscribed to %s", name)
		}
		return map[string]any{"meshPeers": meshes.count(name)}, topic.Publish(ctx, data)
	}
	return nil
}

// versions are the protocols to speak: all, or those of 1.1 and before.
func versions(newest string) []protocol.ID {
	if newest == "1.1" {
		return []protocol.ID{pubsub.GossipSubID_v11, pubsub.GossipSubID_v10}
	}
	return pubsub.GossipSubDefaultProtocols
}

// meshes knows who is in the mesh of each topic, from what the router tells.
type meshes struct {
	lock  sync.Mutex
	peers map[string]map[peer.ID]bool
}

func (m *meshes) Trace(event *pb.TraceEvent) {
	m.lock.Lock()
	defer m.lock.Unlock()
	switch event.GetType() {
	case pb.TraceEvent_GRAFT:
		topic := event.GetGraft().GetTopic()
		if m.peers[topic] == nil {
			m.peers[topic] = map[peer.ID]bool{}
		}
		m.peers[topic][peer.ID(event.GetGraft().GetPeerID())] = true
	case pb.TraceEvent_PRUNE:
		delete(m.peers[event.GetPrune().GetTopic()], peer.ID(event.GetPrune().GetPeerID()))
	case pb.TraceEvent_ON_CLOSED_OUTBOUND_STREAM:
		for _, mesh := range m.peers {
			delete(mesh, peer.ID(event.GetOnClosedOutboundStream().GetPeerID()))
		}
	}
}

func (m *meshes) count(topic string) int {
	m.lock.Lock()
	defer m.lock.Unlock()
	return len(m.peers[topic])
}

// messageID is SHA-256 of topic, 0 and data.
func messageID(message *pb.Message) string {
	digest := sha256.New()
	digest.Write([]byte(message.GetTopic()))
	digest.Write([]byte{0})
	digest.Write(message.GetData())
	return string(digest.Sum(nil))
}

func tell(ctx context.Context, h host.Host, subscription *pubsub.Subscription) {
	for {
		message, err := subscription.Next(ctx)
		if err != nil {
			return
		}
		if message.GetFrom() == h.ID() {
			continue
		}
		say(map[string]any{
			"event":      "message",
			"topic":      message.GetTopic(),
			"from":       message.GetFrom().String(),
			"dataBase64": base64.StdEncoding.EncodeToString(message.GetData()),
		})
	}
}
