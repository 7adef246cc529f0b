import { createReadStream, createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { withBitswap } from '@helia/bitswap'
import { CarBlockIterator, CarWriter } from '@ipld/car'
import * as dagPb from '@ipld/dag-pb'
import { MemoryBlockstore } from 'blockstore-core'
import { CID } from 'multiformats/cid'

const RAW = 0x55
const BLOCK_LIMIT = 10_000
const BLOCKS_AT_A_TIME = 32

/** Serves the blocks of a folder's CAR files over Bitswap, and fetches from the peers that it is connected to. */
export function blocks (folder) {
  return { services: {}, attach: (node) => attach(node, folder) }
}

async function attach (node, folder) {
  const store = new MemoryBlockstore()
  for (const name of await readdir(folder)) {
    if (name.endsWith('.car')) {
      for await (const { cid, bytes } of await CarBlockIterator.fromIterable(createReadStream(join(folder, name)))) {
        store.put(cid, bytes)
      }
    }
  }
  const broker = await startBitswap(node, store)
  return {
    fetch: async ([cid, file], signal) => {
      const start = performance.now()
      const root = CID.parse(cid)
      const got = await gather(store, broker, root, signal)
      const ms = Math.round(performance.now() - start)
      await write(file, root, got)
      return { blocks: got.size, bytes: [...got.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0), ms }
    }
  }
}

/** Starts Bitswap alone, on as much of a Helia node as it needs: there is no routing, only the peers at hand. */
async function startBitswap (node, blockstore) {
  const mixins = []
  const brokers = []
  const helia = {
    status: 'starting',
    libp2p: node,
    logger: node.logger,
    blockstore,
    routing: { async * findProviders () {} },
    getHasher: async (code) => { throw new Error(`no hash function ${code} here`) },
    addMixin: (mixin) => mixins.push(mixin),
    hasBlockBroker: () => false,
    addBlockBroker: (broker) => brokers.push(broker)
  }
  withBitswap(helia)
  await Promise.all(mixins.map((mixin) => mixin.start(helia)))
  return brokers[0]
}

/** Gets a whole DAG, level by level, some blocks at a time. */
async function gather (store, broker, root, signal) {
  const got = new Map()
  let level = [root]
  while (level.length > 0) {
    const below = new Map()
    for (let at = 0; at < level.length; at += BLOCKS_AT_A_TIME) {
      const some = level.slice(at, at + BLOCKS_AT_A_TIME)
      const found = await Promise.all(some.map((cid) => block(store, broker, cid, signal)))
      found.forEach((bytes, i) => {
        got.set(some[i].toString(), { cid: some[i], bytes })
        links(some[i], bytes).forEach((child) => below.set(child.toString(), child))
      })
    }
    level = [...below.values()].filter((cid) => !got.has(cid.toString()))
  }
  return got
}

async function block (store, broker, cid, signal) {
  if (store.has(cid)) {
    return Buffer.concat([...store.get(cid)])
  }
  try {
    const bytes = await broker.retrieve(cid, { signal: AbortSignal.any([signal, AbortSignal.timeout(BLOCK_LIMIT)]) })
    store.put(cid, bytes)
    return bytes
  } catch (error) {
    throw new Error(`${cid} does not come: ${error?.message ?? error}`)
  }
}

function links (cid, bytes) {
  if (cid.code === RAW) {
    return []
  }
  if (cid.code === dagPb.code) {
    return dagPb.decode(bytes).Links.map(({ Hash }) => Hash)
  }
  throw new Error(`${cid}: no codec for it here`)
}

async function write (file, root, got) {
  const { writer, out } = CarWriter.create([root])
  const written = pipeline(Readable.from(out), createWriteStream(file))
  for (const entry of got.values()) {
    await writer.put(entry)
  }
  await writer.close()
  await written
}
