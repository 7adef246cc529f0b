"""N10: the shipped program as a node: how soon it listens, and what it takes while 50 whole nodes are connected to it."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import inprocess
from .common import best_jdk, ggen, row, say

PEERS = 50
START_LIMIT, MEMORY_LIMIT = 0.6, 100
KUBO_START, KUBO_MEMORY = 0.07, 62  # s and MiB, Kubo 0.39 on a quiet machine


class Node:
    """`ggen marketplace p2p start` with a new home; ends with the `with` block."""

    def __init__(self, bench):
        self.home = Path(tempfile.mkdtemp(prefix="node-", dir=bench.work))
        self.launcher, self.env = ggen(bench, self.home)

    def __enter__(self):
        argv = [self.launcher, "m", "p2p", "start", "--no-mdns", "--listen", "/ip4/127.0.0.1/tcp/0"]
        api = self.home / "p2p/api"
        begun = time.perf_counter()
        with open(self.home / "output", "wb") as output:
            self.process = subprocess.Popen(
                argv, env=self.env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        while not api.exists():
            if self.process.poll() is not None:
                raise RuntimeError((self.home / "output").read_text())
            time.sleep(0.002)
        self.started, self.start_cpu = time.perf_counter() - begun, self.cpu()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.home)

    def cpu(self):
        """Seconds of CPU since it began."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """MiB resident; no garbage collection is asked for."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def address(self):
        argv = [self.launcher, "m", "p2p", "status", "--json"]
        text = subprocess.run(argv, env=self.env, check=True, capture_output=True, text=True).stdout
        return re.search(r'"(/ip4/127\.0\.0\.1/tcp/\d+/p2p/\w+)"', text).group(1)

    def traffic(self):
        """Bytes sent and received on each socket that is open now."""
        text = subprocess.run(["ss", "-tinpHO"], check=True, capture_output=True, text=True).stdout
        mine = [line for line in text.splitlines() if f"pid={self.process.pid}," in line]
        return {line.split()[3] + line.split()[4]: (counted("bytes_sent", line), counted("bytes_received", line)) for line in mine}


def counted(what, line):
    found = re.search(what + r":(\d+)", line)
    return int(found.group(1)) if found else 0


def crowd(bench, folder, address):
    command = [best_jdk() / "bin/java", "-XX:+UseSerialGC", "-Xmx4g", "--enable-native-access=ALL-UNNAMED"]
    command += ["--sun-misc-unsafe-memory-access=allow", "-cp", inprocess.classpath(), "io.ggen.bench.Crowd"]
    command += [str(folder), str(PEERS), address]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def run(bench, row_id):
    starts, cpu = [], []
    for _ in range(bench.runs(11)):
        with Node(bench) as node:
            starts.append(node.started)
            cpu.append(node.start_cpu)
    shown = {"rival": "Kubo 0.39 (table)", "rival_value": KUBO_START}
    holds = sorted(starts)[len(starts) // 2] <= START_LIMIT
    row(row_id, "node start to listening", starts, target=f"<= {START_LIMIT}", holds=holds, **shown)
    row(row_id, "node start to listening, CPU", cpu)
    with Node(bench) as node:
        idle(bench, row_id, node)


def idle(bench, row_id, node):
    folder = Path(tempfile.mkdtemp(prefix="crowd-", dir=bench.work))
    others = crowd(bench, folder, node.address())
    try:
        if not others.stdout.readline():
            raise RuntimeError("the crowd does not come")
        say(f"{PEERS} nodes are connected")
        time.sleep(15 if bench.quick else 60)
        figures(bench, row_id, node)
        others.stdin.write("\n")
        others.stdin.flush()
        line = json.loads(others.stdout.readline())
        heap = line["heapBytesPerNode"] / 1e6
        named = f"heap of one of {PEERS} whole nodes in one process, after a collection"
        row(row_id, named, [heap], unit="MB", target="<= 20", holds=heap <= 20)
        row(row_id, "connections of each of them", [line["connectionsPerNode"]], unit="connections", better="higher")
    finally:
        others.stdin.close()
        try:
            others.wait(60)
        except subprocess.TimeoutExpired:
            others.kill()
        shutil.rmtree(folder, ignore_errors=True)


def figures(bench, row_id, node):
    before, cpu, begun = node.traffic(), node.cpu(), time.monotonic()
    memory = []
    while time.monotonic() - begun < (20 if bench.quick else 120):
        memory.append(node.memory())
        time.sleep(2)
    minutes = (time.monotonic() - begun) / 60
    after = node.traffic()
    for number, what in enumerate(("sent", "received")):
        total = sum(pair[number] - before.get(socket, (0, 0))[number] for socket, pair in after.items())
        row(row_id, f"an idle node with {PEERS} peers: {what}", [total / 1e3 / minutes], unit="kB/min")
    row(row_id, f"an idle node with {PEERS} peers: CPU", [(node.cpu() - cpu) / minutes], unit="s/min")
    shown = {"unit": "MiB", "rival": "Kubo 0.39 (table)", "rival_value": KUBO_MEMORY}
    holds = max(memory) <= MEMORY_LIMIT
    row(row_id, f"resident, idle with {PEERS} peers", memory, target=f"<= {MEMORY_LIMIT}", holds=holds, **shown)
