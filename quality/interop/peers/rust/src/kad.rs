//! Kademlia, as all peers of quality/interop run it: any value under any key, of which the greatest is the best.

use std::collections::{BTreeSet, HashSet};

use base64::{Engine, prelude::BASE64_STANDARD};
use libp2p::{
    Multiaddr, PeerId, StreamProtocol, Swarm, identify,
    kad::{
        Behaviour, Config, Event, GetProvidersOk, GetRecordError, GetRecordOk, InboundRequest,
        Mode, QueryId, QueryResult, Quorum, Record, RecordKey, StoreInserts,
        store::{MemoryStore, RecordStore},
    },
    swarm::SwarmEvent,
};
use serde_json::{Value, json};

use crate::{
    Outcome, host,
    host::BehaviourEvent,
    listen::texts,
    node::{self, Node, State},
};

type Kad = Behaviour<MemoryStore>;

pub fn behaviour(id: PeerId, protocol: &str, client: bool) -> Outcome<Kad> {
    let mut config = Config::new(StreamProtocol::try_from_owned(protocol.to_owned())?);
    config.set_record_filtering(StoreInserts::FilterBoth);
    let mut kad = Behaviour::with_config(id, MemoryStore::new(id), config);
    kad.set_mode(Some(if client { Mode::Client } else { Mode::Server }));
    Ok(kad)
}

/// Takes a peer that serves Kademlia into the routing table.
pub fn route(swarm: &mut Swarm<host::Behaviour>, id: PeerId, info: &identify::Info) {
    if let Some(kad) = swarm.behaviour_mut().kad.as_mut()
        && kad
            .protocol_names()
            .iter()
            .any(|name| info.protocols.contains(name))
    {
        for address in &info.listen_addrs {
            kad.add_address(&id, address.clone());
        }
    }
}

/// Stores what others put: no value in the place of a greater one.
pub fn store(swarm: &mut Swarm<host::Behaviour>, event: &Event) {
    let Some(kad) = swarm.behaviour_mut().kad.as_mut() else {
        return;
    };
    let Event::InboundRequest { request } = event else {
        return;
    };
    // a store that is full takes no more, which who put it finds out by reading
    match request {
        InboundRequest::PutRecord {
            record: Some(record),
            ..
        } if !is_older(kad, record) => {
            kad.store_mut().put(record.clone()).ok();
        }
        InboundRequest::AddProvider {
            record: Some(record),
        } => {
            kad.store_mut().add_provider(record.clone()).ok();
        }
        _ => {}
    }
}

fn is_older(kad: &mut Kad, record: &Record) -> bool {
    let stored = kad.store_mut().get(&record.key);
    stored.is_some_and(|stored| stored.value > record.value)
}

fn kad(state: &mut State) -> Outcome<&mut Kad> {
    let kad = state.swarm.behaviour_mut().kad.as_mut();
    kad.ok_or_else(|| "no Kademlia here".into())
}

/// What a query found, and whether that was all.
fn progress(event: &node::Event, query: QueryId) -> Option<(&QueryResult, bool)> {
    match event {
        SwarmEvent::Behaviour(BehaviourEvent::Kad(Event::OutboundQueryProgressed {
            id,
            result,
            step,
            ..
        })) if *id == query => Some((result, step.last)),
        _ => None,
    }
}

pub async fn put(node: &Node, key: &str, value: &str) -> Outcome<Value> {
    let record = Record::new(key.as_bytes().to_vec(), BASE64_STANDARD.decode(value)?);
    node.until(move |state| {
        let kad = kad(state)?;
        if is_older(kad, &record) {
            return Err("a greater value is stored".into());
        }
        let query = kad.put_record(record, Quorum::One)?;
        Ok(move |event: &node::Event| match progress(event, query)? {
            (QueryResult::PutRecord(Err(error)), _) => Some(Err(error.to_string().into())),
            _ => Some(Ok(json!({}))),
        })
    })
    .await
}

/// Reads the greatest of all values, and counts the peers that had one.
pub async fn get(node: &Node, key: &str) -> Outcome<Value> {
    let key = RecordKey::new(&key.as_bytes());
    node.until(move |state| {
        let query = kad(state)?.get_record(key);
        let mut best: Option<Vec<u8>> = None;
        let mut from = HashSet::new();
        Ok(move |event: &node::Event| {
            let (result, last) = progress(event, query)?;
            match result {
                QueryResult::GetRecord(Ok(GetRecordOk::FoundRecord(found))) => {
                    from.extend(found.peer);
                    best = best.take().max(Some(found.record.value.clone()));
                }
                QueryResult::GetRecord(Err(GetRecordError::Timeout { .. })) => {
                    return Some(Err("the query took too long".into()));
                }
                _ => {}
            }
            last.then(|| match &best {
                Some(value) => {
                    Ok(json!({"valueBase64": BASE64_STANDARD.encode(value), "from": from.len()}))
                }
                None => Err("nobody has it".into()),
            })
        })
    })
    .await
}

fn content(hash: &str) -> Outcome<RecordKey> {
    Ok(RecordKey::from(hex::decode(hash)?))
}

pub async fn provide(node: &Node, hash: &str) -> Outcome<Value> {
    let key = content(hash)?;
    node.until(move |state| {
        let query = kad(state)?.start_providing(key)?;
        Ok(move |event: &node::Event| match progress(event, query)? {
            (QueryResult::StartProviding(Err(error)), _) => Some(Err(error.to_string().into())),
            _ => Some(Ok(json!({}))),
        })
    })
    .await
}

pub async fn providers(node: &Node, hash: &str) -> Outcome<Value> {
    let key = content(hash)?;
    let found = node.until(move |state| {
        let query = kad(state)?.get_providers(key);
        let mut found = HashSet::new();
        Ok(move |event: &node::Event| {
            let (result, last) = progress(event, query)?;
            if let QueryResult::GetProviders(Ok(GetProvidersOk::FoundProviders {
                providers, ..
            })) = result
            {
                found.extend(providers.iter().copied());
            }
            last.then(|| Ok(std::mem::take(&mut found)))
        })
    });
    let mut providers = Vec::new();
    for id in found.await? {
        let addresses = find(node, id).await?;
        providers.push(json!({"id": id.to_string(), "addrs": texts(&addresses)}));
    }
    Ok(json!({"providers": providers}))
}

/// The addresses of a peer: those that it tells, those of the routing table and those that others know.
pub async fn find(node: &Node, id: PeerId) -> Outcome<Vec<Multiaddr>> {
    let mut addresses: BTreeSet<Multiaddr> = node
        .run(move |state| {
            let told = state.known.get(&id);
            let told = told.map_or(Vec::new(), |info| info.listen_addrs.clone());
            let routed = kad(state).map_or(Vec::new(), |kad| routed(kad, id));
            told.into_iter().chain(routed).collect()
        })
        .await?;
    let found = node.until(move |state| {
        let query = kad(state)?.get_closest_peers(id);
        let mut found = Vec::new();
        Ok(move |event: &node::Event| {
            let (result, last) = progress(event, query)?;
            if let QueryResult::GetClosestPeers(Ok(closest)) = result {
                let same = closest.peers.iter().filter(|peer| peer.peer_id == id);
                found.extend(same.flat_map(|peer| peer.addrs.clone()));
            }
            last.then(|| Ok(std::mem::take(&mut found)))
        })
    });
    if addresses.is_empty() {
        addresses.extend(found.await?);
    }
    Ok(addresses.into_iter().collect())
}

fn routed(kad: &mut Kad, id: PeerId) -> Vec<Multiaddr> {
    let Some(bucket) = kad.kbucket(id) else {
        return Vec::new();
    };
    bucket
        .iter()
        .filter(|entry| *entry.node.key.preimage() == id)
        .flat_map(|entry| entry.node.value.iter().cloned().collect::<Vec<_>>())
        .collect()
}
