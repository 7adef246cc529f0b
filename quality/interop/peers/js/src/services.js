import { gossip } from './gossip.js'
import { kad } from './kad.js'

/** What the options ask for beyond a plain node: services to start it with, and commands once it runs. */
export function addServices (options, say) {
  if (options.blocks !== undefined) {
    throw new Error('this peer has no Bitswap yet')
  }
  const parts = []
  if (options.kad !== undefined) {
    parts.push(kad(options.kad))
  }
  if (options.gossip.length > 0) {
    parts.push(gossip(options.gossip, say))
  }
  return {
    services: Object.assign({}, ...parts.map((part) => part.services)),
    attach: (node) => Object.assign({}, ...parts.map((part) => part.attach(node)))
  }
}
