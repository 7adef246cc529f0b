package main

import (
	"fmt"
	"strconv"
)

// options are the words of the command line, with their defaults.
type options struct {
	command  string
	address  string
	port     int
	security string
	key      string
	psk      string
	mode     string
	bytes    int64
	streams  int
	count    int
	kad      string
	kadMode  string
	topics   []string
	meshsub  string
	blocks   string
}

func parse(words []string) (options, error) {
	o := options{key: "ed25519", bytes: 1_000_000, streams: 1, count: 11}
	if len(words) == 0 || (words[0] != "listen" && words[0] != "dial") {
		return o, fmt.Errorf("usage: peer listen|dial ADDR [--option value]…")
	}
	o.command, words = words[0], words[1:]
	o.security = "both"
	if o.command == "dial" {
		if len(words) == 0 {
			return o, fmt.Errorf("dial needs an address")
		}
		o.address, words = words[0], words[1:]
		o.security = "tls"
	}
	for ; len(words) >= 2; words = words[2:] {
		if err := o.set(words[0], words[1]); err != nil {
			return o, fmt.Errorf("%s %s: %w", words[0], words[1], err)
		}
	}
	if len(words) > 0 {
		return o, fmt.Errorf("%s has no value", words[0])
	}
	return o, nil
}

func (o *options) set(name, value string) (err error) {
	switch name {
	case "--port":
		o.port, err = strconv.Atoi(value)
	case "--sec":
		o.security = value
	case "--key":
		o.key = value
	case "--psk":
		o.psk = value
	case "--mode":
		o.mode = value
	case "--bytes":
		o.bytes, err = strconv.ParseInt(value, 10, 64)
	case "--streams":
		o.streams, err = strconv.Atoi(value)
	case "--count":
		o.count, err = strconv.Atoi(value)
	case "--kad":
		o.kad = value
	case "--kad-mode":
		o.kadMode = value
	case "--gossip":
		o.topics = append(o.topics, value)
	case "--meshsub":
		o.meshsub = value
	case "--blocks":
		o.blocks = value
	default:
		err = fmt.Errorf("unknown option")
	}
	return err
}
