/** What the options ask for beyond a plain node: services to start it with, and commands once it runs. */
export function addServices (options) {
  if (options.kad !== undefined || options.gossip.length > 0 || options.blocks !== undefined) {
    throw new Error('this peer has no Kademlia, gossip and Bitswap yet')
  }
  return { services: {}, attach: async () => ({}) }
}
