//! Both ends of echo, perf and ping on a stream.

use std::{io, time::Duration, time::Instant};

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, io::BufReader};
use libp2p::{Stream, StreamProtocol};

use crate::Outcome;

pub const ECHO: StreamProtocol = StreamProtocol::new("/echo/1.0.0");
pub const PERF: StreamProtocol = StreamProtocol::new("/perf/1.0.0");
pub const PING: StreamProtocol = libp2p::ping::PROTOCOL_NAME;

const PIECE: usize = 64 << 10;
const PING_BYTES: usize = 32;

/// Serves a stream that the other side opened; a stream that is dropped unfinished is reset.
pub async fn serve(stream: Stream, name: StreamProtocol) {
    let served = if name == PERF {
        serve_perf(stream).await
    } else {
        echo(stream).await
    };
    served.ok(); // the other side knows its reasons
}

async fn echo(stream: Stream) -> io::Result<()> {
    let (from, mut to) = stream.split();
    futures::io::copy_buf(BufReader::with_capacity(PIECE, from), &mut to).await?;
    to.close().await
}

async fn serve_perf(mut stream: Stream) -> io::Result<()> {
    let mut wanted = [0; 8];
    stream.read_exact(&mut wanted).await?;
    drain(&mut stream).await?;
    send(&mut stream, u64::from_be_bytes(wanted)).await?;
    stream.close().await
}

/// Sends so many bytes and then has the other side send so many.
pub async fn perf(mut stream: Stream, up: u64, down: u64) -> Outcome<()> {
    stream.write_all(&down.to_be_bytes()).await?;
    send(&mut stream, up).await?;
    stream.close().await?;
    match drain(&mut stream).await? {
        came if came == down => Ok(()),
        came => Err(format!("{came} of {down} bytes came").into()),
    }
}

async fn drain(from: &mut (impl AsyncRead + Unpin)) -> io::Result<u64> {
    let mut piece = vec![0; PIECE];
    let mut total = 0;
    loop {
        match from.read(&mut piece).await? {
            0 => return Ok(total),
            read => total += read as u64,
        }
    }
}

async fn send(to: &mut (impl AsyncWrite + Unpin), mut amount: u64) -> io::Result<()> {
    let piece = vec![0; PIECE];
    while amount > 0 {
        let next = amount.min(PIECE as u64);
        to.write_all(&piece[..next as usize]).await?;
        amount -= next;
    }
    Ok(())
}

/// Sends pseudo-random bytes while it reads them back, and compares.
pub async fn echoed(stream: Stream, amount: u64, seed: u64) -> Outcome<()> {
    let (mut from, mut to) = stream.split();
    let sending = async {
        let mut noise = Noise(seed);
        let mut left = amount;
        let mut piece = vec![0; PIECE];
        while left > 0 {
            let next = left.min(PIECE as u64) as usize;
            noise.fill(&mut piece[..next]);
            to.write_all(&piece[..next]).await?;
            left -= next as u64;
        }
        to.close().await
    };
    let comparing = async {
        let mut noise = Noise(seed);
        let mut got = vec![0; PIECE];
        let mut expected = vec![0; PIECE];
        let mut total = 0;
        while total < amount {
            let next = (amount - total).min(PIECE as u64) as usize;
            from.read_exact(&mut got[..next]).await?;
            noise.fill(&mut expected[..next]);
            if got[..next] != expected[..next] {
                let what = format!("other bytes came back within {next} bytes after {total}");
                return Err(io::Error::other(what));
            }
            total += next as u64;
        }
        match from.read(&mut got).await? {
            0 => Ok(()),
            _ => Err(io::Error::other("more came back than was sent")),
        }
    };
    futures::try_join!(sending, comparing)?;
    Ok(())
}

/// Sends bytes that have to come back; returns how long that took.
pub async fn ping(mut stream: Stream) -> Outcome<Duration> {
    let mut sent = [0; PING_BYTES];
    Noise(u64::from(std::process::id())).fill(&mut sent);
    let start = Instant::now();
    stream.write_all(&sent).await?;
    stream.flush().await?;
    let mut back = [0; PING_BYTES];
    stream.read_exact(&mut back).await?;
    let elapsed = start.elapsed();
    stream.close().await?;
    if back == sent {
        Ok(elapsed)
    } else {
        Err("other bytes came back".into())
    }
}

/// SplitMix64: the same bytes for the same seed, if every piece but the last is of whole words.
struct Noise(u64);

impl Noise {
    fn fill(&mut self, bytes: &mut [u8]) {
        for word in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..word.len()]);
        }
    }
}
