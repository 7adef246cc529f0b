import { createHash } from 'node:crypto'
import { gossipsub } from '@libp2p/gossipsub'

/** Subscribes to the topics and prints each message that others publish there. */
export function gossip ({ gossip: topics, meshsub }, say) {
  const start = gossipsub({
    allowPublishToZeroTopicPeers: true,
    emitSelf: false,
    floodPublish: true,
    globalSignaturePolicy: 'StrictSign',
    msgIdFn: ({ topic, data }) => createHash('sha256').update(topic).update('\0').update(data).digest()
  })
  const pubsub = (components) => {
    const service = start(components)
    if (meshsub === '1.1') {
      service.protocols = service.protocols.filter((protocol) => protocol <= '/meshsub/1.1.0')
    }
    return service
  }
  return { services: { pubsub }, attach: (node) => commands(node.services.pubsub, topics, say) }
}

function commands (pubsub, topics, say) {
  pubsub.addEventListener('message', ({ detail: { topic, data, from } }) => {
    say({ event: 'message', topic, from: from.toString(), dataBase64: Buffer.from(data).toString('base64') })
  })
  topics.forEach((topic) => pubsub.subscribe(topic))
  return {
    publish: async ([topic, data]) => {
      const meshPeers = pubsub.getMeshPeers(topic).length
      await pubsub.publish(topic, Buffer.from(data, 'base64'))
      return { meshPeers }
    }
  }
}
