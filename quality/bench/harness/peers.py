"""N1 and N2: our libp2p host beside go-, rust- and js-libp2p, each as both ends of its connections over loopback."""
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import inprocess
from .common import ROOT, Run, best_jdk, row, say

INTEROP = ROOT / "quality/interop"
PROGRAMS = {"ggen": INTEROP / "peer", **{name: INTEROP / f"peers/{name}/peer" for name in ("go", "rust", "js")}}
UNAVAILABLE = 69
# what the rivals did on a quiet machine: MB/s, ms, KiB
THROUGHPUT = {
    "go": {"tls": 1285, "noise": 800},
    "rust": {"tls": 860, "noise": 855},
    "js": {"tls": 340, "noise": 285},
}
DIAL = {"go": 2.0, "rust": 1.35}


class Unavailable(Exception):
    """A peer that cannot be had here."""


@dataclass
class Moved:
    """What one transfer took: MB/s, and seconds of CPU of both ends for each GB."""

    rate: float
    cpu: float


class Listener:
    """A listening peer; ends with the `with` block."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        argv = [PROGRAMS[self.name], "listen"]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise Unavailable(f"{self.name}: exit {self.process.wait()}")
        self.address = json.loads(line)["addr"]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def cpu(self):
        """Seconds of CPU since it began."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """KiB resident, after a garbage collection where one can be asked for."""
        if self.name == "ggen":
            jcmd = [best_jdk() / "bin/jcmd", str(self.process.pid), "GC.run"]
            subprocess.run(jcmd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    def dial(self, *options, program=None):
        """Lets a dialling peer of the same kind measure against this one; returns its line and its CPU seconds."""
        argv = [program or PROGRAMS[self.name], "dial", self.address, *map(str, options)]
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"{argv}: {output}")
        return json.loads(output), Run(0, usage.ru_utime + usage.ru_stime, 0, 0)

    def dials(self, security, count):
        """p50 in ms of `count` dials one after another, the first left out."""
        return self.dial("--mode", "dial", "--sec", security, "--count", count)[0]["p50Ms"]

    def move(self, mode, security, streams, size):
        before = self.cpu()
        line, run = self.dial("--mode", mode, "--sec", security, "--streams", streams, "--bytes", size)
        gigabytes = size * streams / 1e9
        return Moved(line["mbPerSecond"], (run.cpu + self.cpu() - before) / gigabytes)


def build():
    say("building the peers")
    argv = ["mvn", "-q", "-B", "-pl", "quality/interop", "-am", "-DskipTests", "package"]
    subprocess.run(argv, cwd=ROOT, check=True, stdout=sys.stderr)


def listeners():
    """Starts every peer that can be had; returns them by name."""
    build()
    started = {}
    for name in PROGRAMS:
        try:
            started[name] = Listener(name).__enter__()
        except Unavailable as missing:
            say(f"{missing}: judged by the table")
    return started


def run(bench, row_id):
    peers = listeners()
    try:
        {"N1": throughput, "N2": connections}[row_id](bench, row_id, peers)
    finally:
        for peer in peers.values():
            peer.__exit__()
    if row_id == "N1":
        inprocess.run(bench, "N1")


def throughput(bench, row_id, peers):
    total = 600_000_000 if bench.quick else 4_000_000_000
    for security in ("tls", "noise"):
        for mode in ("upload", "download"):
            for streams in (1, 8):
                figures = alternate(
                    bench,
                    peers,
                    lambda peer: peer.move(mode, security, streams, total // streams),
                    warm=streams > 1,
                )
                what = f"{security} {mode} {streams} stream{'s' if streams > 1 else ''}"
                for rival, floor in (("go", 1), ("rust", 1), ("js", 4)):
                    rated(row_id, what, figures, rival, floor, THROUGHPUT[rival][security])
                costs = {name: [moved.cpu for moved in all_] for name, all_ in figures.items()}
                beside(row_id, f"{what}, CPU of both ends for each GB", costs)


def alternate(bench, peers, measure, warm=False):
    """
    Measures every peer in turn; js, the slow one, only once. A round that does not count comes first unless the
    listeners are `warm`; a peer that dials is a new process each time.
    """
    figures = {name: [] for name in peers}
    if not warm:
        for name, peer in peers.items():
            if name != "js":
                measure(peer)
    for round_ in range(2 if bench.quick else 5):
        for name, peer in peers.items():
            if name != "js" or round_ == 0:
                figures[name].append(measure(peer))
    return figures


def beside(row_id, what, figures, unit="s"):
    """Rows without a target, one for each of the fast rivals that are here."""
    for rival in ("go", "rust"):
        if rival in figures:
            value = statistics.median(figures[rival])
            row(row_id, f"{what} vs {rival}", figures["ggen"], unit, rival=rival, rival_value=value)


def rated(row_id, what, figures, rival, floor, table):
    ours = [moved.rate for moved in figures["ggen"]]
    measured = rival in figures
    value = statistics.median(moved.rate for moved in figures[rival]) if measured else table
    row(
        row_id,
        f"{what} vs {rival}",
        ours,
        unit="MB/s",
        better="higher",
        rival=rival if measured else f"{rival} (table)",
        rival_value=value,
        target=f"ratio >= {floor}",
        holds=statistics.median(ours) / value >= floor,
    )


def connections(bench, row_id, peers):
    count = 201 if bench.quick else 501
    for security in ("tls", "noise"):
        what = f"{security} dial, secure, first byte, p50"
        figures = alternate(bench, peers, lambda peer: peer.dials(security, 21 if peer.name == "js" else count))
        for rival, limit in (("go", 1), ("rust", None)):
            judged(row_id, what, figures, rival, limit)
        cold = alternate(bench, peers, lambda peer: peer.dials(security, 11), warm=True)
        beside(row_id, f"{what} of the first ten of a process", cold, "ms")
    if "go" not in peers:
        say("without the go peer nobody holds idle connections")
        return
    for security in ("tls", "noise"):
        names = [name for name in peers if name != "js"]
        costs = {name: [idle(name, security, 200 if bench.quick else 1000)] for name in names}
        ours = costs["ggen"]
        for rival in names[1:]:
            what = f"{security} memory of an idle connection vs {rival}"
            other = costs[rival][0]
            row(row_id, what, ours, "KiB", rival=rival, rival_value=other, target="<= 50 KiB", holds=ours[0] <= 50)


def judged(row_id, what, figures, rival, limit):
    """Ours over the rival's is at most `limit`, where there is one."""
    measured = rival in figures
    value = statistics.median(figures[rival]) if measured else DIAL[rival]
    ours = figures["ggen"]
    row(
        row_id,
        f"{what} vs {rival}",
        ours,
        "ms",
        rival=rival if measured else f"{rival} (table)",
        rival_value=value,
        target=limit and f"ratio <= {limit}",
        holds=limit and statistics.median(ours) <= limit * value,
    )


def idle(name, security, count):
    """KiB that each of `count` idle connections adds to a listening peer; the go peer holds the other ends."""
    with Listener(name) as peer:
        peer.dial("--mode", "dial", "--sec", security, "--count", 20)
        before = peer.memory()
        argv = [PROGRAMS["go"], "dial", peer.address, "--mode", "hold", "--sec", security, "--count", str(count)]
        holder = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            line = holder.stdout.readline()
            if "holding" not in line:
                raise RuntimeError(f"{name}: {line}")
            time.sleep(6)  # identify gives up by then
            return (peer.memory() - before) / count
        finally:
            holder.stdin.close()
            holder.wait()
