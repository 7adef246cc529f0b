import { multiaddr } from '@multiformats/multiaddr'
import { ECHO } from './echo.js'
import { MANY, newHost } from './host.js'
import { PERF, perf } from './perf.js'
import { drain, send } from './streams.js'

const PIECE = 64 << 10
const OPENING = 128

/** Does one measurement against the peer at the address and prints it. */
export async function measure (options, say) {
  const node = await newHost(options, [])
  const address = multiaddr(options.address)
  const fields = options.mode === 'dial' ? await dials(node, address, options.count) : await transfer(node, address, options)
  say({ event: 'measure', impl: 'js', mode: options.mode, sec: options.sec, ...fields })
}

/** Connects anew each time, moves one byte each way and closes; the first does not count. */
async function dials (node, address, count) {
  if (count < 2) {
    throw new Error('--count is at least 2')
  }
  const times = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    const connection = await node.dial(address)
    await perf(await connection.newStream(PERF, MANY), 1, 1)
    if (i > 0) {
      times.push(performance.now() - start)
    }
    await connection.close()
  }
  times.sort((a, b) => a - b)
  const rank = (percent) => times[Math.min(times.length - 1, Math.floor(times.length * percent / 100))]
  return { p50Ms: rank(50), p95Ms: rank(95), count: times.length }
}

/** Moves the bytes on all streams of one connection that stands before the clock starts. */
async function transfer (node, address, { mode, bytes, streams }) {
  const move = {
    upload: (stream) => perf(stream, bytes, 0),
    download: (stream) => perf(stream, 0, bytes),
    echo: (stream, number) => echoed(stream, bytes, number)
  }[mode]
  if (move === undefined) {
    throw new Error(`no such mode: ${mode}`)
  }
  const connection = await node.dial(address)
  const start = performance.now()
  const opened = await openAll(connection, mode === 'echo' ? ECHO : PERF, streams)
  await Promise.all(opened.map(move))
  const seconds = (performance.now() - start) / 1000
  return { bytes, streams, seconds, mbPerSecond: bytes * streams / 1e6 / seconds }
}

/** Opens streams, no more at once than others leave unanswered. */
async function openAll (connection, protocol, count) {
  const opened = []
  while (opened.length < count) {
    const batch = Math.min(OPENING, count - opened.length)
    opened.push(...await Promise.all(Array.from({ length: batch }, () => connection.newStream(protocol, MANY))))
  }
  return opened
}

/** Sends pseudo-random bytes while it reads them back, and compares. */
async function echoed (stream, amount, seed) {
  const expected = new Random(seed)
  let total = 0
  const end = drain(stream, (data) => {
    const piece = data.subarray()
    if (Buffer.compare(piece, expected.next(piece.byteLength)) !== 0) {
      throw new Error(`other bytes came back after ${total}`)
    }
    total += data.byteLength
  })
  const source = new Random(seed)
  for (let left = amount; left > 0; left -= PIECE) {
    await send(stream, source.next(Math.min(left, PIECE)))
  }
  await stream.close()
  await end
  if (total !== amount) {
    throw new Error(`${total} of ${amount} bytes came back`)
  }
}

/** Endless bytes of a seed: xorshift words, each cut into four bytes. */
class Random {
  #state
  #rest = new Uint8Array(0)

  constructor (seed) {
    this.#state = (seed * 0x9e3779b1 + 1) | 0 || 1
  }

  next (count) {
    const out = new Uint8Array(count)
    let at = Math.min(count, this.#rest.byteLength)
    out.set(this.#rest.subarray(0, at))
    this.#rest = this.#rest.subarray(at)
    if (at < count) {
      const words = new Uint32Array((count - at + 3) >> 2)
      for (let i = 0; i < words.length; i++) {
        let x = this.#state
        x ^= x << 13
        x ^= x >>> 17
        x ^= x << 5
        words[i] = this.#state = x
      }
      const made = new Uint8Array(words.buffer)
      out.set(made.subarray(0, count - at), at)
      this.#rest = made.subarray(count - at)
    }
    return out
  }
}
