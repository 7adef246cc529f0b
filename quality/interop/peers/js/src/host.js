import { readFile } from 'node:fs/promises'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { preSharedKey } from '@libp2p/pnet'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { createLibp2p } from 'libp2p'
import { echo, ECHO } from './echo.js'
import { PERF, servePerf } from './perf.js'

const keyTypes = {
  ed25519: () => generateKeyPair('Ed25519'),
  rsa: () => generateKeyPair('RSA', 2048),
  ecdsa: () => generateKeyPair('ECDSA', 'P-256'),
  secp256k1: () => generateKeyPair('secp256k1')
}
const securities = { tls: () => [tls()], noise: () => [noise()], both: () => [tls(), noise()] }

/** More than any test opens, so that tests find our limits and not the ones here. */
export const MANY = { maxInboundStreams: 4096, maxOutboundStreams: 4096 }

/** Starts a node that listens on `addresses`. */
export async function newHost (options, addresses, services = {}) {
  const makeKey = keyTypes[options.key]
  const secured = securities[options.sec]
  if (makeKey === undefined || secured === undefined) {
    throw new Error(`no such key type or security: ${options.key}, ${options.sec}`)
  }
  const node = await createLibp2p({
    privateKey: await makeKey(),
    addresses: { listen: addresses },
    transports: [tcp()],
    connectionProtector: options.psk === undefined ? undefined : preSharedKey({ psk: await readFile(options.psk) }),
    connectionEncrypters: secured(),
    streamMuxers: [yamux({ ...MANY, streamOptions: { maxReadBufferLength: 64 << 20 } })],
    nodeInfo: { userAgent: 'js-libp2p' },
    connectionManager: { inboundConnectionThreshold: 100_000, maxIncomingPendingConnections: 1000, maxConnections: 10_000 },
    connectionMonitor: { enabled: false },
    services: { identify: identify(), identifyPush: identifyPush(), ping: ping(), ...services }
  })
  await node.handle(ECHO, echo, MANY)
  await node.handle(PERF, servePerf, MANY)
  return node
}
