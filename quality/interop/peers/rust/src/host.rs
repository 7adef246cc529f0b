//! The host: transport, security and the protocols that it speaks.

use std::{io, time::Duration};

use futures::{
    AsyncRead, AsyncWrite, FutureExt, TryFutureExt,
    future::{BoxFuture, Either},
};
use libp2p::{
    PeerId, Swarm, Transport,
    core::{
        UpgradeInfo,
        muxing::StreamMuxerBox,
        transport::Boxed,
        upgrade::{InboundConnectionUpgrade, OutboundConnectionUpgrade, Version},
    },
    gossipsub, identify,
    identity::Keypair,
    kad::store::MemoryStore,
    noise, ping,
    pnet::{PnetConfig, PreSharedKey},
    swarm::{self, NetworkBehaviour, behaviour::toggle::Toggle},
    tcp, tls, yamux,
};

use crate::{
    Outcome, gossip, kad,
    options::{NotOffered, Options},
    services, streams,
};

/// What the swarm builder of rust-libp2p sets, too.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);
const NEGOTIATING_STREAMS: usize = 1024;

/// No pings but the first of a connection: measurements are to see nothing of them.
const PING_INTERVAL: Duration = Duration::from_secs(3600);

#[derive(NetworkBehaviour)]
pub struct Behaviour {
    pub streams: streams::Behaviour,
    pub identify: Toggle<identify::Behaviour>,
    pub ping: Toggle<ping::Behaviour>,
    pub kad: Toggle<libp2p::kad::Behaviour<MemoryStore>>,
    pub gossip: Toggle<gossipsub::Behaviour>,
}

/// A host with what the options ask for; one that only measures speaks no protocol that takes part by itself.
pub fn new(options: &Options) -> Outcome<Swarm<Behaviour>> {
    let key = keypair(&options.key)?;
    let id = key.public().to_peer_id();
    let serving = options.listens;
    let behaviour = Behaviour {
        streams: streams::Behaviour::new(&[services::ECHO, services::PERF]),
        identify: serving.then(|| identifying(&key)).into(),
        ping: serving.then(pinging).into(),
        kad: options
            .kad
            .as_ref()
            .map(|protocol| kad::behaviour(id, protocol, options.kad_client))
            .transpose()?
            .into(),
        gossip: (!options.topics.is_empty())
            .then(|| gossip::behaviour(&key, &options.topics))
            .transpose()?
            .into(),
    };
    let mut config = swarm::Config::with_tokio_executor()
        .with_max_negotiating_inbound_streams(NEGOTIATING_STREAMS);
    if !serving {
        config = config.with_substream_upgrade_protocol_override(Version::V1Lazy);
    }
    Ok(Swarm::new(transport(&key, options)?, behaviour, id, config))
}

fn identifying(key: &Keypair) -> identify::Behaviour {
    let config = identify::Config::new("ipfs/0.1.0".to_owned(), key.public());
    identify::Behaviour::new(config.with_agent_version("rust-libp2p".to_owned()))
}

fn pinging() -> ping::Behaviour {
    ping::Behaviour::new(ping::Config::new().with_interval(PING_INTERVAL))
}

fn keypair(kind: &str) -> Outcome<Keypair> {
    match kind {
        "ed25519" => Ok(Keypair::generate_ed25519()),
        "ecdsa" => Ok(Keypair::generate_ecdsa()),
        "secp256k1" => Ok(Keypair::generate_secp256k1()),
        "rsa" => Err(NotOffered("new RSA keys".to_owned()).into()),
        _ => Err(format!("no such key: {kind}").into()),
    }
}

fn transport(key: &Keypair, options: &Options) -> Outcome<Boxed<(PeerId, StreamMuxerBox)>> {
    let network = match &options.psk {
        Some(file) => {
            let psk: PreSharedKey = std::fs::read_to_string(file)?.parse()?;
            Some(PnetConfig::new(psk))
        }
        None => None,
    };
    Ok(tcp::tokio::Transport::new(tcp::Config::default())
        .and_then(move |socket, _| async move {
            match network {
                Some(network) => network
                    .handshake(socket)
                    .await
                    .map(Either::Left)
                    .map_err(io::Error::other),
                None => Ok(Either::Right(socket)),
            }
        })
        .upgrade(Version::V1Lazy)
        .authenticate(Security::new(key, &options.security)?)
        .multiplex(yamux::Config::default())
        .timeout(HANDSHAKE_LIMIT)
        .boxed())
}

/// TLS, Noise or both.
#[derive(Clone)]
struct Security {
    tls: Option<tls::Config>,
    noise: Option<noise::Config>,
}

impl Security {
    const TLS: &str = "/tls/1.0.0";
    const NOISE: &str = "/noise";

    fn new(key: &Keypair, which: &str) -> Outcome<Self> {
        if !["tls", "noise", "both"].contains(&which) {
            return Err(format!("no such security: {which}").into());
        }
        let tls = if which != "noise" {
            Some(tls::Config::new(key)?)
        } else {
            None
        };
        let noise = if which != "tls" {
            Some(noise::Config::new(key)?)
        } else {
            None
        };
        Ok(Self { tls, noise })
    }
}

impl UpgradeInfo for Security {
    type Info = &'static str;
    type InfoIter = Vec<&'static str>;

    fn protocol_info(&self) -> Self::InfoIter {
        let tls = self.tls.iter().map(|_| Self::TLS);
        tls.chain(self.noise.iter().map(|_| Self::NOISE)).collect()
    }
}

type Secured<S> = (PeerId, Either<tls::TlsStream<S>, noise::Output<S>>);

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> InboundConnectionUpgrade<S> for Security {
    type Output = Secured<S>;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Secured<S>>>;

    fn upgrade_inbound(self, socket: S, name: &'static str) -> Self::Future {
        match (self.tls, self.noise) {
            (Some(tls), _) if name == Self::TLS => tls
                .upgrade_inbound(socket, name)
                .map_ok(|(id, stream)| (id, Either::Left(stream)))
                .map_err(io::Error::other)
                .boxed(),
            (_, Some(noise)) => noise
                .upgrade_inbound(socket, name)
                .map_ok(|(id, stream)| (id, Either::Right(stream)))
                .map_err(io::Error::other)
                .boxed(),
            _ => unreachable!("only what was offered is negotiated"),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> OutboundConnectionUpgrade<S> for Security {
    type Output = Secured<S>;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Secured<S>>>;

    fn upgrade_outbound(self, socket: S, name: &'static str) -> Self::Future {
        match (self.tls, self.noise) {
            (Some(tls), _) if name == Self::TLS => tls
                .upgrade_outbound(socket, name)
                .map_ok(|(id, stream)| (id, Either::Left(stream)))
                .map_err(io::Error::other)
                .boxed(),
            (_, Some(noise)) => noise
                .upgrade_outbound(socket, name)
                .map_ok(|(id, stream)| (id, Either::Right(stream)))
                .map_err(io::Error::other)
                .boxed(),
            _ => unreachable!("only what was offered is negotiated"),
        }
    }
}
