//! A host that serves, and the commands that it takes on standard input.

use std::time::Duration;

use libp2p::{Multiaddr, PeerId, StreamProtocol};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    time::timeout,
};

use crate::{Outcome, gossip, host, kad, node::Node, options::Options, say, services};

const COMMAND_LIMIT: Duration = Duration::from_secs(20);

/// Serves until standard input ends, and answers its commands in order.
pub async fn listen(options: Options) -> Outcome<()> {
    let swarm = host::new(&options)?;
    let id = *swarm.local_peer_id();
    let node = Node::start(swarm);
    let address = node.listen(options.port).await?;
    say(json!({"event": "listening", "addr": format!("{address}/p2p/{id}")}));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some((name, words)) = words.split_first() {
            reply(&node, name, words).await;
        }
    }
    Ok(())
}

async fn reply(node: &Node, name: &str, words: &[&str]) {
    let done = timeout(COMMAND_LIMIT, command(node, name, words)).await;
    let mut fields = match done.unwrap_or_else(|late| Err(late.into())) {
        Ok(mut fields) => {
            fields["ok"] = true.into();
            fields
        }
        Err(error) => json!({"ok": false, "error": error.to_string()}),
    };
    fields["event"] = "reply".into();
    fields["cmd"] = name.into();
    say(fields);
}

async fn command(node: &Node, name: &str, words: &[&str]) -> Outcome<Value> {
    match (name, words) {
        ("dial", [address]) => {
            let id = node.connect(address.parse()?).await?;
            Ok(json!({"id": id.to_string()}))
        }
        ("peers", []) => peers(node).await,
        ("ping", [id]) => {
            let stream = node.open(id.parse()?, services::PING).await?;
            let elapsed = services::ping(stream).await?;
            Ok(json!({"rttMs": elapsed.as_secs_f64() * 1000.0}))
        }
        ("handle", [protocol]) => {
            handle(
                node,
                StreamProtocol::try_from_owned((*protocol).to_owned())?,
            )
            .await
        }
        ("publish", [topic, data]) => gossip::publish(node, topic, data).await,
        ("put", [key, value]) => kad::put(node, key, value).await,
        ("get", [key]) => kad::get(node, key).await,
        ("provide", [hash]) => kad::provide(node, hash).await,
        ("providers", [hash]) => kad::providers(node, hash).await,
        ("find", [id]) => {
            let addresses = kad::find(node, id.parse()?).await?;
            Ok(json!({"addrs": texts(&addresses)}))
        }
        _ => Err("no such command here, or not with so many words".into()),
    }
}

async fn peers(node: &Node) -> Outcome<Value> {
    let peers = node.run(|state| {
        let connected = state.swarm.connected_peers();
        let all = connected.map(|id| match state.known.get(id) {
            Some(info) => {
                let mut protocols: Vec<&str> = info.protocols.iter().map(|p| p.as_ref()).collect();
                protocols.sort_unstable();
                json!({"id": id.to_string(), "addrs": texts(&info.listen_addrs), "agent": info.agent_version, "protocols": protocols})
            }
            None => json!({"id": id.to_string(), "addrs": [], "agent": "", "protocols": []}),
        });
        all.collect::<Vec<Value>>()
    });
    Ok(json!({"peers": peers.await?}))
}

/// Serves one more protocol, and tells every peer.
async fn handle(node: &Node, protocol: StreamProtocol) -> Outcome<Value> {
    node.run(move |state| {
        let peers: Vec<PeerId> = state.swarm.connected_peers().copied().collect();
        let behaviour = state.swarm.behaviour_mut();
        behaviour.streams.serve(protocol);
        if let Some(identify) = behaviour.identify.as_mut() {
            identify.push(peers);
        }
    })
    .await?;
    Ok(json!({}))
}

/// Addresses as they are told.
pub fn texts(addresses: &[Multiaddr]) -> Vec<String> {
    addresses.iter().map(Multiaddr::to_string).collect()
}
