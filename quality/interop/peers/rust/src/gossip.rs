//! Gossipsub, as all peers of quality/interop run it.

use base64::{Engine, prelude::BASE64_STANDARD};
use libp2p::{
    gossipsub::{
        Behaviour, ConfigBuilder, Event, IdentTopic, Message, MessageAuthenticity, MessageId,
        PublishError,
    },
    identity::Keypair,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{Outcome, node::Node, say};

/// Subscribes to the topics.
pub fn behaviour(key: &Keypair, topics: &[String]) -> Outcome<Behaviour> {
    let config = ConfigBuilder::default().message_id_fn(message_id).build()?;
    let mut gossip = Behaviour::new(MessageAuthenticity::Signed(key.clone()), config)?;
    for topic in topics {
        gossip.subscribe(&IdentTopic::new(topic))?;
    }
    Ok(gossip)
}

/// SHA-256 of topic, 0 and data.
fn message_id(message: &Message) -> MessageId {
    let mut digest = Sha256::new();
    digest.update(message.topic.as_str());
    digest.update([0]);
    digest.update(&message.data);
    MessageId::from(digest.finalize().to_vec())
}

/// Prints a message that came.
pub fn tell(event: &Event) {
    if let Event::Message { message, .. } = event {
        say(json!({
            "event": "message",
            "topic": message.topic.as_str(),
            "from": message.source.map(|id| id.to_string()),
            "dataBase64": BASE64_STANDARD.encode(&message.data),
        }));
    }
}

pub async fn publish(node: &Node, topic: &str, data: &str) -> Outcome<Value> {
    let topic = IdentTopic::new(topic);
    let data = BASE64_STANDARD.decode(data)?;
    let published = node.run(move |state| -> Outcome<usize> {
        let gossip = state.swarm.behaviour_mut().gossip.as_mut();
        let gossip = gossip.ok_or("no gossip here")?;
        if !gossip.topics().any(|known| *known == topic.hash()) {
            return Err(format!("not subscribed to {topic}").into());
        }
        let mesh = gossip.mesh_peers(&topic.hash()).count();
        match gossip.publish(topic, data) {
            Ok(_) | Err(PublishError::NoPeersSubscribedToTopic) => Ok(mesh),
            Err(error) => Err(error.into()),
        }
    });
    Ok(json!({"meshPeers": published.await??}))
}
