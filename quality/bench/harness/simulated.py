"""Rows that are measured in virtual time: runs the simulator's scenarios and judges their figures."""
import json
import subprocess

from .common import ROOT, row, say


def play(scenario, nodes):
    """Returns the figures of a run; None where the simulator cannot run it."""
    say(f"simulating {scenario} with {nodes:,} nodes")
    command = [ROOT / "quality/simulator/simulate", scenario, "--nodes", str(nodes)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        say(f"the simulator ends with {run.returncode}: no figures of {scenario}")
        return None
    return json.loads(run.stdout)["figures"]


def judge(id_, what, value, limit, unit="s", better="lower"):
    holds = value <= limit if better == "lower" else value >= limit
    sign = "<=" if better == "lower" else ">="
    row(id_, what, [value], unit=unit, better=better, target=f"{sign} {limit:g}", holds=holds)


def lookup(bench, id_):
    for nodes in (1_000,) if bench.quick else (1_000, 10_000):
        figures = play("lookup", nodes)
        if figures:
            named = f"simulated lookup, {nodes:,} nodes, 20 % dead"
            judge(id_, f"{named}: first value p50", figures["valueMsP50"] / 1000, 0.3)
            judge(id_, f"{named}: 20 nearest p50", figures["nearestMsP50"] / 1000, 0.6)
            judge(id_, f"{named}: 20 nearest p95", figures["nearestMsP95"] / 1000, 1.5)
            judge(id_, f"{named}: overlap", figures["overlap"], 0.99, "share", "higher")
            row(id_, f"{named}: no lookup is faster, p50", [figures["floorMsP50"] / 1000])


def provide(bench, id_):
    figures = play("provide", 200 if bench.quick else 1_000)
    if figures:
        judge(id_, "simulated provide returns p50", figures["providedMsP50"] / 1000, 0.5)
        judge(id_, "simulated provide, keys lost", figures["lost"], 0, "keys")
    figures = play("small", 21)
    if figures:
        for size in (2, 3, 4, 8):
            judge(id_, f"lookups that find nothing, {size} nodes", figures[f"lostAt{size}"], 0, "lookups")


def gossip(bench, id_):
    nodes = 300 if bench.quick else 1_000
    figures = play("gossip", nodes)
    if figures:
        named = f"simulated gossip, {nodes:,} nodes, 1 KB"
        judge(id_, f"{named}: delivered", figures["delivered"], 1, "share", "higher")
        judge(id_, f"{named}: p99", figures["msP99"] / 1000, 1)
        judge(id_, f"{named}: duplicates", figures["duplicates"], 2, "copies")
    figures = play("gossip-silent", nodes)
    if figures:
        judge(id_, f"simulated gossip, {nodes:,} nodes, 20 % silent: delivered", figures["delivered"], 0.999, "share", "higher")


def catalog(bench, id_):
    nodes = 300 if bench.quick else 1_000
    figures = play("catalog", nodes)
    if figures:
        named = f"a fresh publish on {nodes:,} simulated nodes, 20 % silent"
        judge(id_, f"{named}: searchable after 5 s, the worst record", figures["searchableAt5sWorst"], 0.99, "share", "higher")
        judge(id_, f"{named}: found by a search after 5 s", figures["foundAt5s"], 0.99, "share", "higher")
        judge(id_, f"{named}: searchable p99", figures["searchableMsP99"] / 1000, 5)
        row(id_, f"{named}: sent by a node for a record", [figures["bytesPerNodeAndRecord"] / 1000], unit="kB")
        row(id_, f"{named}: who was away has all, p99", [figures["awayMsP99"] / 1000])
        row(id_, f"{named}: who comes new has all, p99", [figures["lateMsP99"] / 1000])
        judge(id_, f"{named}: have all after ten minutes", figures["allHaveAll"], 1, "share", "higher")


def swarm(bench, id_):
    figures = play("swarm", 51)
    if figures:
        named = "50 simulated peers fetch 100 MB at once"
        judge(id_, f"{named}: copies that leave the origin", figures["copiesFromOrigin"], 2, "copies")
        judge(id_, f"{named}: p99 to p50", figures["p99ToP50"], 1.5, "ratio")
        judge(id_, f"{named}: the last one to the ideal", figures["totalToIdeal"], 1.5, "ratio")
        judge(id_, f"{named}: complete", figures["complete"], 1, "share", "higher")
        row(id_, f"{named}: p50", [figures["secondsP50"]])


RUNS = {"N4": swarm, "N5": lookup, "N6": provide, "N7": gossip, "N9": catalog}


def run(bench, row_id):
    RUNS[row_id](bench, row_id)
