const numbers = new Set(['port', 'bytes', 'streams', 'count'])
const texts = new Set(['sec', 'key', 'psk', 'mode', 'kad', 'kad-mode', 'meshsub', 'blocks'])

/** Reads the words of the command line; throws on any that is not known. */
export function parse (words) {
  const [command, ...rest] = words
  if (command !== 'listen' && command !== 'dial') {
    throw new Error('usage: peer listen|dial ADDR [--option value]…')
  }
  const options = { command, sec: 'both', key: 'ed25519', port: 0, bytes: 1_000_000, streams: 1, count: 11, gossip: [] }
  if (command === 'dial') {
    options.address = rest.shift()
    options.sec = 'tls'
  }
  while (rest.length > 0) {
    set(options, rest.shift(), rest.shift())
  }
  return options
}

function set (options, word, value) {
  const name = word.replace(/^--/, '')
  if (value === undefined) {
    throw new Error(`${word} has no value`)
  }
  if (name === 'gossip') {
    options.gossip.push(value)
  } else if (numbers.has(name)) {
    options[name] = Number(value)
  } else if (texts.has(name)) {
    options[name] = value
  } else {
    throw new Error(`unknown option ${word}`)
  }
}
