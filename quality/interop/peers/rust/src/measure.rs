//! One measurement against another peer.

use std::time::{Duration, Instant};

use futures::future::try_join_all;
use libp2p::PeerId;
use serde_json::{Value, json};

use crate::{Outcome, host, node::Node, options::Options, say, services};

pub async fn measure(options: Options) -> Outcome<()> {
    let node = Node::start(host::new(&options)?);
    let mut fields = match options.mode.as_str() {
        "dial" => dials(&node, &options).await?,
        "upload" | "download" | "echo" => transfer(&node, &options).await?,
        _ => return Err(format!("no such mode: {}", options.mode).into()),
    };
    fields["event"] = "measure".into();
    fields["impl"] = "rust".into();
    fields["mode"] = options.mode.into();
    fields["sec"] = options.security.into();
    say(fields);
    Ok(())
}

/// Connects anew each time, moves one byte each way and closes; the first does not count.
async fn dials(node: &Node, options: &Options) -> Outcome<Value> {
    if options.count < 2 {
        return Err("--count is at least 2".into());
    }
    let mut times = Vec::new();
    for i in 0..options.count {
        let start = Instant::now();
        let id = node.connect(options.address.parse()?).await?;
        let stream = node.open(id, services::PERF).await?;
        services::perf(stream, 1, 1).await?;
        if i > 0 {
            times.push(start.elapsed());
        }
        node.disconnect(id).await?;
    }
    times.sort_unstable();
    Ok(json!({"p50Ms": rank(&times, 50), "p95Ms": rank(&times, 95), "count": times.len()}))
}

fn rank(sorted: &[Duration], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len() - 1);
    sorted[at].as_secs_f64() * 1000.0
}

/// Moves the bytes on all streams of one connection that stands before the clock starts.
async fn transfer(node: &Node, options: &Options) -> Outcome<Value> {
    let id = node.connect(options.address.parse()?).await?;
    let start = Instant::now();
    let streams = (0..options.streams).map(|number| {
        let node = node.clone();
        let (mode, bytes) = (options.mode.clone(), options.bytes);
        let moved =
            tokio::spawn(async move { moved(&node, id, &mode, bytes, number as u64).await });
        async { moved.await? }
    });
    try_join_all(streams).await?;
    let seconds = start.elapsed().as_secs_f64();
    let total = options.bytes as f64 * options.streams as f64;
    Ok(
        json!({"bytes": options.bytes, "streams": options.streams, "seconds": seconds, "mbPerSecond": total / 1e6 / seconds}),
    )
}

async fn moved(node: &Node, id: PeerId, mode: &str, bytes: u64, number: u64) -> Outcome<()> {
    match mode {
        "upload" => services::perf(node.open(id, services::PERF).await?, bytes, 0).await,
        "download" => services::perf(node.open(id, services::PERF).await?, 0, bytes).await,
        _ => services::echoed(node.open(id, services::ECHO).await?, bytes, number).await,
    }
}
