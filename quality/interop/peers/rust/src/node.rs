//! A swarm in a task of its own, which others ask to do things and to tell what happens.

use std::{collections::HashMap, net::Ipv4Addr};

use futures::{
    StreamExt,
    channel::{mpsc, oneshot},
};
use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol, Swarm, identify,
    multiaddr::Protocol,
    swarm::{
        SwarmEvent,
        dial_opts::{DialOpts, PeerCondition},
    },
};

use crate::{
    Outcome, gossip,
    host::{Behaviour, BehaviourEvent},
    kad,
};

pub type Event = SwarmEvent<BehaviourEvent>;

/// Sees every event until it returns true.
type Watch = Box<dyn FnMut(&Event) -> bool + Send>;

type Action = Box<dyn FnOnce(&mut State) + Send>;

pub struct State {
    pub swarm: Swarm<Behaviour>,
    /// What those that are connected said of themselves last.
    pub known: HashMap<PeerId, identify::Info>,
    watches: Vec<Watch>,
}

#[derive(Clone)]
pub struct Node {
    actions: mpsc::UnboundedSender<Action>,
}

impl Node {
    /// Runs the swarm until this and all its clones are gone.
    pub fn start(swarm: Swarm<Behaviour>) -> Self {
        let (actions, asked) = mpsc::unbounded();
        let state = State {
            swarm,
            known: HashMap::new(),
            watches: Vec::new(),
        };
        tokio::spawn(state.run(asked));
        Self { actions }
    }

    /// Runs the action where the swarm is.
    pub async fn run<T: Send + 'static>(
        &self,
        action: impl FnOnce(&mut State) -> T + Send + 'static,
    ) -> Outcome<T> {
        let (reply, replied) = oneshot::channel();
        let action = Box::new(move |state: &mut State| {
            reply.send(action(state)).ok();
        });
        self.actions.unbounded_send(action).ok(); // without a swarm no reply comes
        Ok(replied.await?)
    }

    /// Begins something and waits until what it returned makes a result of an event.
    pub async fn until<T, F>(
        &self,
        begin: impl FnOnce(&mut State) -> Outcome<F> + Send + 'static,
    ) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnMut(&Event) -> Option<Outcome<T>> + Send + 'static,
    {
        let (reply, replied) = oneshot::channel();
        self.run(move |state| {
            let mut judge = match begin(state) {
                Ok(judge) => judge,
                Err(error) => return drop(reply.send(Err(error))),
            };
            let mut reply = Some(reply);
            state.watches.push(Box::new(move |event| {
                if let Some(result) = judge(event)
                    && let Some(reply) = reply.take()
                {
                    reply.send(result).ok();
                }
                reply.as_ref().is_none_or(oneshot::Sender::is_canceled)
            }));
        })
        .await?;
        replied.await?
    }

    /// Listens on loopback, where everybody who is to come reaches it: the address is told to all.
    pub async fn listen(&self, port: u16) -> Outcome<Multiaddr> {
        let bound = self.bind(port).await?;
        let address = bound.clone();
        self.run(move |state| state.swarm.add_external_address(address))
            .await?;
        Ok(bound)
    }

    async fn bind(&self, port: u16) -> Outcome<Multiaddr> {
        self.until(move |state| {
            let address = Multiaddr::from(Ipv4Addr::LOCALHOST).with(Protocol::Tcp(port));
            state.swarm.listen_on(address)?;
            Ok(|event: &Event| match event {
                SwarmEvent::NewListenAddr { address, .. } => Some(Ok(address.clone())),
                SwarmEvent::ListenerClosed { reason, .. } => {
                    Some(Err(format!("the listener is closed: {reason:?}").into()))
                }
                _ => None,
            })
        })
        .await
    }

    /// Connects unless that is done.
    pub async fn connect(&self, address: Multiaddr) -> Outcome<PeerId> {
        let id = peer_id(&address)?;
        if self.run(move |state| state.swarm.is_connected(&id)).await? {
            return Ok(id);
        }
        self.until(move |state| {
            let options = DialOpts::peer_id(id)
                .condition(PeerCondition::Always)
                .addresses(vec![address])
                .build();
            let dialled = options.connection_id();
            state.swarm.dial(options)?;
            Ok(move |event: &Event| match event {
                SwarmEvent::ConnectionEstablished { connection_id, .. }
                    if *connection_id == dialled =>
                {
                    Some(Ok(id))
                }
                SwarmEvent::OutgoingConnectionError {
                    connection_id,
                    error,
                    ..
                } if *connection_id == dialled => Some(Err(error.to_string().into())),
                _ => None,
            })
        })
        .await
    }

    /// Ends the connections to a peer and waits until the last is closed.
    pub async fn disconnect(&self, id: PeerId) -> Outcome<()> {
        self.until(move |state| {
            state
                .swarm
                .disconnect_peer_id(id)
                .map_err(|()| "not connected")?;
            Ok(move |event: &Event| match event {
                SwarmEvent::ConnectionClosed {
                    peer_id,
                    num_established: 0,
                    ..
                } if *peer_id == id => Some(Ok(())),
                _ => None,
            })
        })
        .await
    }

    /// Opens a stream on the standing connection to a peer.
    pub async fn open(&self, id: PeerId, protocol: StreamProtocol) -> Outcome<Stream> {
        let (reply, opened) = oneshot::channel();
        let connected = self
            .run(move |state| {
                state
                    .swarm
                    .behaviour_mut()
                    .streams
                    .open(id, protocol, reply);
                state.swarm.is_connected(&id)
            })
            .await?;
        if !connected {
            return Err("not connected".into());
        }
        Ok(opened.await??)
    }
}

pub fn peer_id(address: &Multiaddr) -> Outcome<PeerId> {
    match address.iter().last() {
        Some(Protocol::P2p(id)) => Ok(id),
        _ => Err("an address that ends in a peer id, please".into()),
    }
}

impl State {
    async fn run(mut self, mut asked: mpsc::UnboundedReceiver<Action>) {
        loop {
            tokio::select! {
                action = asked.next() => match action {
                    Some(action) => action(&mut self),
                    None => return,
                },
                event = self.swarm.select_next_some() => self.take(&event),
            }
        }
    }

    fn take(&mut self, event: &Event) {
        match event {
            SwarmEvent::Behaviour(BehaviourEvent::Identify(identify::Event::Received {
                peer_id,
                info,
                ..
            })) => {
                kad::route(&mut self.swarm, *peer_id, info);
                self.known.insert(*peer_id, info.clone());
            }
            SwarmEvent::Behaviour(BehaviourEvent::Kad(event)) => kad::store(&mut self.swarm, event),
            SwarmEvent::Behaviour(BehaviourEvent::Gossip(event)) => gossip::tell(event),
            SwarmEvent::ConnectionClosed {
                peer_id,
                num_established: 0,
                ..
            } => {
                self.known.remove(peer_id);
            }
            _ => {}
        }
        self.watches.retain_mut(|watch| !watch(event));
    }
}
