package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/host"
)

// addGossip subscribes to the topics and prints each message that others publish there.
func addGossip(ctx context.Context, h host.Host, names []string, commands map[string]command) error {
	router, err := pubsub.NewGossipSub(ctx, h,
		pubsub.WithMessageIdFn(messageID),
		pubsub.WithMessageSignaturePolicy(pubsub.StrictSign),
		pubsub.WithFloodPublish(true))
	if err != nil {
		return err
	}
	topics := map[string]*pubsub.Topic{}
	for _, name := range names {
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
		return map[string]any{"meshPeers": len(topic.ListPeers())}, topic.Publish(ctx, data)
	}
	return nil
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
