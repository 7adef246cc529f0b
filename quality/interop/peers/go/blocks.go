package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/ipfs/boxo/bitswap"
	"github.com/ipfs/boxo/bitswap/network/bsnet"
	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/ipld/merkledag"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/sync"
	"github.com/ipld/go-car/v2"
	"github.com/ipld/go-car/v2/storage"
	"github.com/libp2p/go-libp2p/core/host"
	"golang.org/x/sync/errgroup"
)

const (
	blockLimit    = 10 * time.Second // for one block to come
	blocksAtATime = 32
)

// addBlocks serves the blocks of a folder's CAR files over Bitswap, and fetches from the peers that it
// is connected to.
func addBlocks(ctx context.Context, h host.Host, folder string, commands map[string]command) error {
	store := blockstore.NewBlockstore(sync.MutexWrap(datastore.NewMapDatastore()))
	archives, err := filepath.Glob(filepath.Join(folder, "*.car"))
	if err != nil {
		return err
	}
	for _, archive := range archives {
		if err := load(ctx, store, archive); err != nil {
			return fmt.Errorf("%s: %w", archive, err)
		}
	}
	network := bsnet.NewFromIpfsHost(h)
	exchange := bitswap.New(ctx, network, nil, store)
	network.Start(exchange)
	service := blockservice.New(store, exchange)
	commands["fetch"] = func(ctx context.Context, words []string) (map[string]any, error) {
		if len(words) != 2 {
			return nil, fmt.Errorf("fetch CID FILE")
		}
		root, err := cid.Decode(words[0])
		if err != nil {
			return nil, err
		}
		return fetch(ctx, service, root, words[1])
	}
	return nil
}

func load(ctx context.Context, store blockstore.Blockstore, archive string) error {
	file, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	reader, err := car.NewBlockReader(file)
	if err != nil {
		return err
	}
	for {
		block, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := store.Put(ctx, block); err != nil {
			return err
		}
	}
}

// fetch gets a whole DAG, level by level, and writes it as a CAR.
func fetch(ctx context.Context, service blockservice.BlockService, root cid.Cid, name string) (map[string]any, error) {
	start := time.Now()
	d := dag{service: blockservice.NewSession(ctx, service), blocks: map[cid.Cid]blocks.Block{}}
	for level := []cid.Cid{root}; len(level) > 0; {
		var err error
		if level, err = d.gather(ctx, level); err != nil {
			return nil, err
		}
	}
	elapsed := time.Since(start)
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	writer, err := storage.NewWritable(file, []cid.Cid{root}, car.WriteAsCarV1(true))
	if err != nil {
		return nil, err
	}
	size := 0
	for _, c := range d.order {
		data := d.blocks[c].RawData()
		size += len(data)
		if err := writer.Put(ctx, c.KeyString(), data); err != nil {
			return nil, err
		}
	}
	return map[string]any{"blocks": len(d.order), "bytes": size, "ms": elapsed.Milliseconds()}, writer.Finalize()
}

// dag is what was fetched so far.
type dag struct {
	service *blockservice.Session
	blocks  map[cid.Cid]blocks.Block
	order   []cid.Cid
}

// gather gets one level of the DAG; returns the level below, without what is there already.
func (d *dag) gather(ctx context.Context, level []cid.Cid) ([]cid.Cid, error) {
	got := make([]blocks.Block, len(level))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(blocksAtATime)
	for i, c := range level {
		group.Go(func() (err error) {
			ctx, cancel := context.WithTimeout(ctx, blockLimit)
			defer cancel()
			if got[i], err = d.service.GetBlock(ctx, c); err != nil {
				return fmt.Errorf("%s does not come: %w", c, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, block := range got {
		d.blocks[block.Cid()] = block
		d.order = append(d.order, block.Cid())
	}
	below := []cid.Cid{}
	wanted := map[cid.Cid]bool{}
	for _, block := range got {
		children, err := links(block)
		if err != nil {
			return nil, err
		}
		for _, child := range children {
			if d.blocks[child] == nil && !wanted[child] {
				wanted[child] = true
				below = append(below, child)
			}
		}
	}
	return below, nil
}

func links(block blocks.Block) ([]cid.Cid, error) {
	switch block.Cid().Type() {
	case cid.Raw:
		return nil, nil
	case cid.DagProtobuf:
		node, err := merkledag.DecodeProtobufBlock(block)
		if err != nil {
			return nil, err
		}
		children := []cid.Cid{}
		for _, link := range node.Links() {
			children = append(children, link.Cid)
		}
		return children, nil
	}
	return nil, fmt.Errorf("%s: no codec for it here", block.Cid())
}
