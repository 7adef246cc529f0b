import { createInterface } from 'node:readline'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { echo } from './echo.js'
import { MANY, newHost } from './host.js'
import { addServices } from './services.js'

const COMMAND_LIMIT = 20_000

/** Serves until standard input ends, and answers its commands in order. */
export async function listen (options, say) {
  const { services, attach } = addServices(options, say)
  const node = await newHost(options, [`/ip4/127.0.0.1/tcp/${options.port}`], services)
  const commands = { ...hostCommands(node), ...await attach(node) }
  say({ event: 'listening', addr: node.getMultiaddrs()[0].toString() })
  for await (const line of createInterface({ input: process.stdin })) {
    const [cmd, ...words] = line.trim().split(/\s+/)
    if (cmd !== '') {
      say({ event: 'reply', cmd, ...await reply(commands[cmd], words) })
    }
  }
}

async function reply (command, words) {
  const signal = AbortSignal.timeout(COMMAND_LIMIT)
  try {
    if (command === undefined) {
      throw new Error('no such command here')
    }
    return { ok: true, ...await command(words, signal) }
  } catch (error) {
    return { ok: false, error: String(error?.message ?? error) }
  }
}

function hostCommands (node) {
  return {
    dial: async ([address], signal) => {
      const connection = await node.dial(multiaddr(address), { signal })
      return { id: connection.remotePeer.toString() }
    },
    ping: async ([id], signal) => ({ rttMs: await node.services.ping.ping(peerIdFromString(id), { signal }) }),
    handle: async ([protocol]) => {
      await node.handle(protocol, echo, MANY)
      return {}
    },
    peers: async () => ({ peers: await Promise.all(node.getPeers().map((id) => describe(node, id))) })
  }
}

async function describe (node, id) {
  const peer = await node.peerStore.get(id)
  const agent = peer.metadata.get('AgentVersion')
  return {
    id: id.toString(),
    addrs: peer.addresses.map(({ multiaddr }) => multiaddr.toString()),
    agent: agent === undefined ? '' : new TextDecoder().decode(agent),
    protocols: [...peer.protocols].sort()
  }
}
