//! The words of the command line.

use std::{error::Error, fmt, num::ParseIntError};

use crate::Outcome;

/// The words of the command line, with their defaults.
pub struct Options {
    pub listens: bool,
    pub address: String,
    pub port: u16,
    pub security: String,
    pub key: String,
    pub psk: Option<String>,
    pub mode: String,
    pub bytes: u64,
    pub streams: usize,
    pub count: usize,
    pub kad: Option<String>,
    pub kad_client: bool,
    pub topics: Vec<String>,
}

/// Something that other peers have and rust-libp2p has not.
#[derive(Debug)]
pub struct NotOffered(pub String);

impl NotOffered {
    /// What the process exits with.
    pub const STATUS: u8 = 69;
}

impl fmt::Display for NotOffered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rust-libp2p does not offer {}", self.0)
    }
}

impl Error for NotOffered {}

pub fn parse(words: &[String]) -> Outcome<Options> {
    let mut words = words.iter().map(String::as_str);
    let listens = match words.next() {
        Some("listen") => true,
        Some("dial") => false,
        _ => return Err("usage: peer listen|dial ADDR [--option value]…".into()),
    };
    let address = if listens {
        ""
    } else {
        words.next().ok_or("dial needs an address")?
    };
    let mut options = Options {
        listens,
        address: address.to_owned(),
        port: 0,
        security: if listens { "both" } else { "tls" }.to_owned(),
        key: "ed25519".to_owned(),
        psk: None,
        mode: String::new(),
        bytes: 1_000_000,
        streams: 1,
        count: 11,
        kad: None,
        kad_client: false,
        topics: Vec::new(),
    };
    while let Some(name) = words.next() {
        let value = words.next().ok_or_else(|| format!("{name} has no value"))?;
        options.set(name, value)?;
    }
    Ok(options)
}

impl Options {
    fn set(&mut self, name: &str, value: &str) -> Outcome<()> {
        let told = |error: ParseIntError| format!("{name} {value}: {error}");
        match name {
            "--port" => self.port = value.parse().map_err(told)?,
            "--sec" => self.security = value.to_owned(),
            "--key" => self.key = value.to_owned(),
            "--psk" => self.psk = Some(value.to_owned()),
            "--mode" => self.mode = value.to_owned(),
            "--bytes" => self.bytes = value.parse().map_err(told)?,
            "--streams" => self.streams = value.parse().map_err(told)?,
            "--count" => self.count = value.parse().map_err(told)?,
            "--kad" => self.kad = Some(value.to_owned()),
            "--kad-mode" => self.kad_client = value == "client",
            "--gossip" => self.topics.push(value.to_owned()),
            "--blocks" => return Err(NotOffered("Bitswap".to_owned()).into()),
            "--meshsub" => return Err(NotOffered("a choice of gossipsub".to_owned()).into()),
            _ => return Err(format!("{name} {value}: unknown option").into()),
        }
        Ok(())
    }
}
