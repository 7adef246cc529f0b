/** Sends `piece`, and waits when the stream takes no more for now. */
export async function send (stream, piece) {
  if (!stream.send(piece)) {
    await new Promise((resolve, reject) => {
      stream.addEventListener('drain', resolve, { once: true })
      stream.addEventListener('close', (event) => reject(event.error ?? new Error('the stream was closed')), { once: true })
    })
  }
}

/** Calls `take` with each piece that comes, until the other side ends; rejects when the stream breaks. */
export function drain (stream, take) {
  return new Promise((resolve, reject) => {
    stream.addEventListener('message', (event) => {
      try {
        take(event.data)
      } catch (error) {
        reject(error)
      }
    })
    stream.addEventListener('end', resolve)
    stream.addEventListener('close', (event) => event.error == null ? resolve() : reject(event.error))
    if (stream.readableEnded) {
      resolve()
    }
  })
}
