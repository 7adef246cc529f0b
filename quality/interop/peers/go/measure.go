package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/core/protocol"
	mss "github.com/multiformats/go-multistream"
)

// measure does one measurement against the peer at the address and prints it.
func measure(ctx context.Context, o options) error {
	info, err := addressed([]string{o.address})
	if err != nil {
		return err
	}
	h, err := newHost(o, "")
	if err != nil {
		return err
	}
	defer h.Close()
	h.Peerstore().AddAddrs(info.ID, info.Addrs, peerstore.PermanentAddrTTL)
	fields := map[string]any{}
	switch o.mode {
	case "dial":
		fields, err = dials(ctx, h, info.ID, o.count)
	case "hold":
		return hold(ctx, h, *info, o.count)
	default:
		fields, err = transfer(ctx, h, info.ID, o)
	}
	if err != nil {
		return err
	}
	fields["event"], fields["impl"], fields["mode"], fields["sec"] = "measure", "go", o.mode, o.security
	say(fields)
	return nil
}

// dials connects anew each time, moves one byte each way and closes; the first does not count.
func dials(ctx context.Context, h host.Host, id peer.ID, count int) (map[string]any, error) {
	if count < 2 {
		return nil, fmt.Errorf("--count is at least 2")
	}
	var times []float64
	for i := range count {
		start := time.Now()
		connection, err := h.Network().DialPeer(ctx, id)
		if err != nil {
			return nil, err
		}
		if _, err := perf(ctx, connection, 1, 1); err != nil {
			return nil, err
		}
		if i > 0 {
			times = append(times, time.Since(start).Seconds()*1000)
		}
		if err := h.Network().ClosePeer(id); err != nil {
			return nil, err
		}
	}
	slices.Sort(times)
	return map[string]any{"p50Ms": rank(times, 50), "p95Ms": rank(times, 95), "count": len(times)}, nil
}

func rank(sorted []float64, percent int) float64 {
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

// transfer moves the bytes on all streams of one connection that stands before the clock starts.
func transfer(ctx context.Context, h host.Host, id peer.ID, o options) (map[string]any, error) {
	var move func(network.Conn, int) error
	switch o.mode {
	case "upload":
		move = func(c network.Conn, _ int) error {
			_, err := perf(ctx, c, uint64(o.bytes), 0)
			return err
		}
	case "download":
		move = func(c network.Conn, _ int) error {
			_, err := perf(ctx, c, 0, uint64(o.bytes))
			return err
		}
	case "echo":
		move = func(c network.Conn, number int) error { return echoed(ctx, c, o.bytes, uint64(number)) }
	default:
		return nil, fmt.Errorf("no such mode: %s", o.mode)
	}
	connection, err := h.Network().DialPeer(ctx, id)
	if err != nil {
		return nil, err
	}
	done := make(chan error)
	start := time.Now()
	for number := range o.streams {
		go func() { done <- move(connection, number) }()
	}
	for range o.streams {
		if err := <-done; err != nil {
			return nil, err
		}
	}
	seconds := time.Since(start).Seconds()
	total := float64(o.bytes) * float64(o.streams)
	return map[string]any{"bytes": o.bytes, "streams": o.streams, "seconds": seconds, "mbPerSecond": total / 1e6 / seconds}, nil
}

// open opens a stream of one protocol and waits for nothing: the answer is read with the first byte.
func open(ctx context.Context, c network.Conn, name protocol.ID) (network.Stream, io.ReadWriteCloser, error) {
	s, err := c.NewStream(ctx)
	if err != nil {
		return nil, nil, err
	}
	return s, mss.NewMSSelect(s, name), nil
}

func perf(ctx context.Context, c network.Conn, up, down uint64) (uint64, error) {
	s, pipe, err := open(ctx, c, perfProtocol)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if _, err := pipe.Write(binary.BigEndian.AppendUint64(nil, down)); err != nil {
		return 0, err
	}
	if err := send(pipe, up); err != nil {
		return 0, err
	}
	if err := s.CloseWrite(); err != nil {
		return 0, err
	}
	received, err := drain(pipe)
	if err == nil && received != down {
		err = fmt.Errorf("%d of %d bytes came", received, down)
	}
	return received, err
}

// echoed sends pseudo-random bytes while it reads them back, and compares.
func echoed(ctx context.Context, c network.Conn, amount int64, seed uint64) error {
	s, pipe, err := open(ctx, c, echoProtocol)
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() {
		_, err := io.Copy(pipe, io.LimitReader(noiseSource(seed), amount))
		if err == nil {
			err = s.CloseWrite()
		}
		sent <- err
	}()
	expected := noiseSource(seed)
	got, want := make([]byte, 64<<10), make([]byte, 64<<10)
	total := int64(0)
	for {
		n, err := pipe.Read(got)
		if _, failed := io.ReadFull(expected, want[:n]); failed != nil {
			return failed
		}
		if !bytes.Equal(got[:n], want[:n]) {
			return fmt.Errorf("other bytes came back within %d bytes after %d", n, total)
		}
		total += int64(n)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if total != amount {
		return fmt.Errorf("%d of %d bytes came back", total, amount)
	}
	return <-sent
}

func noiseSource(seed uint64) io.Reader {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return rand.NewChaCha8(key)
}
