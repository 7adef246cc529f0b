// A libp2p peer for tests and measurements on js-libp2p, behind the command line that all peers of
// quality/interop share.
import { listen } from './listen.js'
import { measure } from './measure.js'
import { parse } from './options.js'

/** Prints one line of JSON. */
function say (message) {
  process.stdout.write(JSON.stringify(message) + '\n')
}

process.on('unhandledRejection', (error) => process.stderr.write(`peer: ${error?.stack ?? error}\n`))

try {
  const options = parse(process.argv.slice(2))
  await (options.command === 'listen' ? listen(options, say) : measure(options, say))
  process.exit(0)
} catch (error) {
  say({ ok: false, error: String(error?.message ?? error) })
  process.exit(1)
}
