package main

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/pnet"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
)

const (
	echoProtocol = "/echo/1.0.0"
	perfProtocol = "/perf/1.0.0"
)

var keyTypes = map[string]int{
	"ed25519":   crypto.Ed25519,
	"rsa":       crypto.RSA,
	"ecdsa":     crypto.ECDSA,
	"secp256k1": crypto.Secp256k1,
}

// newHost starts a host without resource limits, so that tests and measurements find ours alone. It
// listens where the address is not empty.
func newHost(o options, address string) (host.Host, error) {
	kind, ok := keyTypes[o.key]
	if !ok {
		return nil, fmt.Errorf("no such key type: %s", o.key)
	}
	key, _, err := crypto.GenerateKeyPairWithReader(kind, 2048, rand.Reader)
	if err != nil {
		return nil, err
	}
	settings := []libp2p.Option{
		libp2p.Identity(key),
		libp2p.UserAgent("go-libp2p"),
		libp2p.ResourceManager(&network.NullResourceManager{}),
		libp2p.NoTransports,
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.DisableRelay(),
		libp2p.DisableMetrics(),
	}
	if address == "" {
		settings = append(settings, libp2p.NoListenAddrs)
	} else {
		settings = append(settings, libp2p.ListenAddrStrings(address))
	}
	secured, err := securities(o.security)
	if err != nil {
		return nil, err
	}
	if o.psk != "" {
		network, err := readNetwork(o.psk)
		if err != nil {
			return nil, err
		}
		settings = append(settings, libp2p.PrivateNetwork(network))
	}
	h, err := libp2p.New(append(settings, secured...)...)
	if err != nil {
		return nil, err
	}
	h.SetStreamHandler(echoProtocol, echo)
	h.SetStreamHandler(perfProtocol, servePerf)
	return h, nil
}

// readNetwork reads the key of a private network.
func readNetwork(name string) (pnet.PSK, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return pnet.DecodeV1PSK(file)
}

func securities(which string) ([]libp2p.Option, error) {
	tls := libp2p.Security(libp2ptls.ID, libp2ptls.New)
	noise := libp2p.Security(noise.ID, noise.New)
	switch which {
	case "tls":
		return []libp2p.Option{tls}, nil
	case "noise":
		return []libp2p.Option{noise}, nil
	case "both":
		return []libp2p.Option{tls, noise}, nil
	}
	return nil, fmt.Errorf("no such security: %s", which)
}

func echo(s network.Stream) {
	if _, err := io.Copy(s, s); err != nil {
		s.Reset()
		return
	}
	s.Close()
}

func servePerf(s network.Stream) {
	var wanted [8]byte
	if _, err := io.ReadFull(s, wanted[:]); err != nil {
		s.Reset()
		return
	}
	if _, err := drain(s); err != nil {
		s.Reset()
		return
	}
	if err := send(s, binary.BigEndian.Uint64(wanted[:])); err != nil {
		s.Reset()
		return
	}
	s.Close()
}

func drain(from io.Reader) (uint64, error) {
	buffer := make([]byte, 256<<10)
	total := uint64(0)
	for {
		n, err := from.Read(buffer)
		total += uint64(n)
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return total, err
		}
	}
}

func send(to io.Writer, amount uint64) error {
	buffer := make([]byte, 64<<10)
	for amount > 0 {
		piece := min(amount, uint64(len(buffer)))
		if _, err := to.Write(buffer[:piece]); err != nil {
			return err
		}
		amount -= piece
	}
	return nil
}

// handle adds an echo handler for one more protocol; identify pushes it to every peer by itself.
func handle(h host.Host, name string) {
	h.SetStreamHandler(protocol.ID(name), echo)
}
