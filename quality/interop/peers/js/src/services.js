import { blocks } from './blocks.js'
import { gossip } from './gossip.js'
import { kad } from './kad.js'

/** What the options ask for beyond a plain node: services to start it with, and commands once it runs. */
export function addServices (options, say) {
  const parts = []
  if (options.kad !== undefined) {
    parts.push(kad(options))
  }
  if (options.gossip.length > 0) {
    parts.push(gossip(options, say))
  }
  if (options.blocks !== undefined) {
    parts.push(blocks(options.blocks))
  }
  return {
    services: Object.assign({}, ...parts.map((part) => part.services)),
    attach: async (node) => Object.assign({}, ...await Promise.all(parts.map((part) => part.attach(node))))
  }
}
