"""F1: how long the command line takes to start, and to search 10,000 packages cold, beside node."""
import shutil
import statistics

from . import registry
from .common import Contender, alternate, beside, ggen, row

TABLE = {"wall": 0.060, "cpu": 0.060}


def run(bench, row_id):
    home = registry.of_size(bench, 10_000)
    launcher, env = ggen(bench, home)
    version = Contender("ggen --version", [launcher, "--version"], env=env)
    search = Contender("ggen search", [launcher, "search", "parser generator"], env=env)
    measured = [version, search]
    node = shutil.which("node")
    if node:
        measured.append(Contender("node", [node, "-e", "0"]))
    results = alternate(bench.runs(15), *measured)
    for kind in ("wall", "cpu"):
        for what, limit, ours in (("--version", 1.2, results[0]), ("cold search in 10k packages", 2.5, results[1])):
            rival = ("node -e 0", results[2].values(kind)) if node else ("node -e 0 (table)", [TABLE[kind]])
            beside(row_id, f"cli {what}, {kind}", ours.values(kind), rival, limit)
    memory = ("node -e 0", statistics.median(results[2].values("memory"))) if node else (None, None)
    for what, ours in (("--version", results[0]), ("cold search in 10k packages", results[1])):
        row(row_id, f"cli {what}, peak memory", ours.values("memory"), "MiB", rival=memory[0], rival_value=memory[1])
