//! A libp2p peer for tests and measurements on rust-libp2p, behind the command line that all peers of
//! quality/interop share.

mod gossip;
mod host;
mod kad;
mod listen;
mod measure;
mod node;
mod options;
mod services;
mod streams;

use std::{error::Error, process::ExitCode};

use serde_json::{Value, json};

/// What comes of anything that another side or the command line can spoil.
pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match options::parse(&words) {
        Ok(options) if options.listens => listen::listen(options).await,
        Ok(options) => measure::measure(options).await,
        Err(error) => Err(error),
    };
    let Err(error) = done else {
        return ExitCode::SUCCESS;
    };
    if error.is::<options::NotOffered>() {
        eprintln!("peer: {error}");
        return ExitCode::from(options::NotOffered::STATUS);
    }
    say(json!({"ok": false, "error": error.to_string()}));
    ExitCode::FAILURE
}

/// Prints one line of JSON.
pub fn say(message: Value) {
    println!("{message}");
}
