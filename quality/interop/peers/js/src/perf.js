import { drain, send } from './streams.js'

export const PERF = '/perf/1.0.0'

const PIECE = new Uint8Array(64 << 10)

/** Reads how many bytes are wanted and the upload to its end, and then sends that many. */
export async function servePerf (stream) {
  try {
    const header = new Uint8Array(8)
    let count = 0
    await drain(stream, (data) => {
      if (count < 8) {
        header.set(data.subarray(0, 8 - count), count)
      }
      count += data.byteLength
    })
    await sendZeros(stream, Number(new DataView(header.buffer).getBigUint64(0)))
    await stream.close()
  } catch (error) {
    stream.abort(error)
  }
}

/** Uploads and then downloads that many bytes on a new stream. */
export async function perf (stream, up, down) {
  let received = 0
  const end = drain(stream, (data) => { received += data.byteLength })
  const header = new Uint8Array(8)
  new DataView(header.buffer).setBigUint64(0, BigInt(down))
  await send(stream, header)
  await sendZeros(stream, up)
  await stream.close()
  await end
  if (received !== down) {
    throw new Error(`${received} of ${down} bytes came`)
  }
}

async function sendZeros (stream, amount) {
  for (let left = amount; left > 0; left -= PIECE.byteLength) {
    await send(stream, left < PIECE.byteLength ? PIECE.subarray(0, left) : PIECE)
  }
}
