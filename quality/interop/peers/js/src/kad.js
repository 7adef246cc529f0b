import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { peerIdFromString } from '@libp2p/peer-id'
import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'

const RAW = 0x55

/** Kademlia under exactly the protocol id of the options, for values under /ggen. */
export function kad (options) {
  const dht = kadDHT({
    protocol: options.kad,
    clientMode: options['kad-mode'] === 'client',
    allowQueryWithZeroPeers: true,
    validators: { ggen: async () => {} },
    selectors: { ggen: (_, values) => greatest(values) },
    peerInfoMapper: passthroughMapper
  })
  return { services: { dht }, attach: commands }
}

function greatest (values) {
  return values.reduce((best, value, i) => Buffer.compare(value, values[best]) > 0 ? i : best, 0)
}

function commands (node) {
  const { dht } = node.services
  return {
    put: async ([key, value], signal) => {
      for await (const event of dht.put(Buffer.from(key), Buffer.from(value, 'base64'), { signal })) {
        void event
      }
    },
    get: ([key], signal) => get(dht, Buffer.from(key), signal),
    provide: async ([hash], signal) => {
      for await (const event of dht.provide(content(hash), { signal })) {
        void event
      }
    },
    providers: async ([hash], signal) => {
      const found = new Map()
      for await (const event of dht.findProviders(content(hash), { signal })) {
        for (const { id, multiaddrs } of event.name === 'PROVIDER' ? event.providers : []) {
          found.set(id.toString(), { id: id.toString(), addrs: multiaddrs.map(String) })
        }
      }
      return { providers: [...found.values()] }
    },
    find: async ([id], signal) => ({
      addrs: (await node.peerRouting.findPeer(peerIdFromString(id), { signal })).multiaddrs.map(String)
    })
  }
}

/** Finds the greatest value and counts the peers that answered. */
async function get (dht, key, signal) {
  const answered = new Set()
  const values = []
  for await (const event of dht.get(key, { signal })) {
    if (event.name === 'PEER_RESPONSE') {
      answered.add(event.from.toString())
    } else if (event.name === 'VALUE') {
      values.push(event.value)
    }
  }
  if (values.length === 0) {
    throw new Error('no value found')
  }
  return { valueBase64: Buffer.from(values[greatest(values)]).toString('base64'), from: answered.size }
}

function content (hash) {
  return CID.createV1(RAW, Digest.decode(Buffer.from(hash, 'hex')))
}
