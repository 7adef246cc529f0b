//! Streams of any protocol: those that the other side opens are served, those that we want are handed out.

use std::{
    collections::VecDeque,
    convert::Infallible,
    future::{Ready, ready},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use futures::channel::oneshot;
use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol,
    core::{Endpoint, transport::PortUse, upgrade::UpgradeInfo},
    core::{InboundUpgrade, OutboundUpgrade},
    swarm::{
        ConnectionDenied, ConnectionHandler, ConnectionHandlerEvent, ConnectionId, FromSwarm,
        NetworkBehaviour, NotifyHandler, SubstreamProtocol, THandlerInEvent, THandlerOutEvent,
        ToSwarm,
        handler::{ConnectionEvent, FullyNegotiatedInbound, FullyNegotiatedOutbound},
    },
};

use crate::services;

/// Where an opened stream goes, or why there is none.
type Reply = oneshot::Sender<Result<Stream, String>>;

/// A stream that somebody waits for.
#[derive(Debug)]
pub struct Order {
    protocol: StreamProtocol,
    reply: Reply,
}

type Served = Arc<Mutex<Vec<StreamProtocol>>>;

pub struct Behaviour {
    served: Served,
    orders: VecDeque<(PeerId, Order)>,
}

impl Behaviour {
    pub fn new(served: &[StreamProtocol]) -> Self {
        Self {
            served: Arc::new(Mutex::new(served.to_vec())),
            orders: VecDeque::new(),
        }
    }

    /// Serves one more protocol, with an echo.
    pub fn serve(&mut self, protocol: StreamProtocol) {
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        if !served.contains(&protocol) {
            served.push(protocol);
        }
    }

    /// Opens a stream on a standing connection; the swarm has to be polled for it.
    pub fn open(&mut self, peer: PeerId, protocol: StreamProtocol, reply: Reply) {
        self.orders.push_back((peer, Order { protocol, reply }));
    }
}

impl NetworkBehaviour for Behaviour {
    type ConnectionHandler = Handler;
    type ToSwarm = Infallible;

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<Handler, ConnectionDenied> {
        Ok(Handler::new(self.served.clone()))
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<Handler, ConnectionDenied> {
        Ok(Handler::new(self.served.clone()))
    }

    fn on_swarm_event(&mut self, _: FromSwarm) {}

    fn on_connection_handler_event(
        &mut self,
        _: PeerId,
        _: ConnectionId,
        event: THandlerOutEvent<Self>,
    ) {
        match event {}
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ToSwarm<Infallible, THandlerInEvent<Self>>> {
        match self.orders.pop_front() {
            Some((peer_id, event)) => Poll::Ready(ToSwarm::NotifyHandler {
                peer_id,
                handler: NotifyHandler::Any,
                event,
            }),
            None => Poll::Pending,
        }
    }
}

pub struct Handler {
    served: Served,
    orders: VecDeque<Order>,
}

impl Handler {
    fn new(served: Served) -> Self {
        Self {
            served,
            orders: VecDeque::new(),
        }
    }
}

impl ConnectionHandler for Handler {
    type FromBehaviour = Order;
    type ToBehaviour = Infallible;
    type InboundProtocol = Protocols;
    type OutboundProtocol = Protocols;
    type InboundOpenInfo = ();
    type OutboundOpenInfo = Reply;

    fn listen_protocol(&self) -> SubstreamProtocol<Protocols> {
        let served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        SubstreamProtocol::new(Protocols(served.clone()), ())
    }

    /// Connections stay until one side ends them.
    fn connection_keep_alive(&self) -> bool {
        true
    }

    fn poll(
        &mut self,
        _: &mut Context<'_>,
    ) -> Poll<ConnectionHandlerEvent<Protocols, Reply, Infallible>> {
        match self.orders.pop_front() {
            Some(order) => Poll::Ready(ConnectionHandlerEvent::OutboundSubstreamRequest {
                protocol: SubstreamProtocol::new(Protocols(vec![order.protocol]), order.reply),
            }),
            None => Poll::Pending,
        }
    }

    fn on_behaviour_event(&mut self, order: Order) {
        self.orders.push_back(order);
    }

    fn on_connection_event(&mut self, event: ConnectionEvent<Protocols, Protocols, (), Reply>) {
        // a receiver that is gone wants nothing any more
        match event {
            ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound {
                protocol: (stream, name),
                ..
            }) => {
                tokio::spawn(services::serve(stream, name));
            }
            ConnectionEvent::FullyNegotiatedOutbound(FullyNegotiatedOutbound {
                protocol: (stream, _),
                info,
            }) => {
                info.send(Ok(stream)).ok();
            }
            ConnectionEvent::DialUpgradeError(failed) => {
                failed.info.send(Err(failed.error.to_string())).ok();
            }
            _ => {}
        }
    }
}

/// Negotiates one of these and leaves the stream to others.
pub struct Protocols(Vec<StreamProtocol>);

impl UpgradeInfo for Protocols {
    type Info = StreamProtocol;
    type InfoIter = Vec<StreamProtocol>;

    fn protocol_info(&self) -> Vec<StreamProtocol> {
        self.0.clone()
    }
}

impl InboundUpgrade<Stream> for Protocols {
    type Output = (Stream, StreamProtocol);
    type Error = Infallible;
    type Future = Ready<Result<Self::Output, Infallible>>;

    fn upgrade_inbound(self, stream: Stream, name: StreamProtocol) -> Self::Future {
        ready(Ok((stream, name)))
    }
}

impl OutboundUpgrade<Stream> for Protocols {
    type Output = (Stream, StreamProtocol);
    type Error = Infallible;
    type Future = Ready<Result<Self::Output, Infallible>>;

    fn upgrade_outbound(self, stream: Stream, name: StreamProtocol) -> Self::Future {
        ready(Ok((stream, name)))
    }
}
