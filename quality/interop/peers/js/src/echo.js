import { drain } from './streams.js'

export const ECHO = '/echo/1.0.0'

/** Copies what it reads until the end; reads no faster than the other side takes it back. */
export async function echo (stream) {
  try {
    stream.addEventListener('drain', () => {
      if (stream.readStatus === 'paused') {
        stream.resume()
      }
    })
    await drain(stream, (data) => {
      if (!stream.send(data)) {
        stream.pause()
      }
    })
    await stream.close()
  } catch (error) {
    stream.abort(error)
  }
}
