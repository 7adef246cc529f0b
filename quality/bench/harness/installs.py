"""F5: installing 100 small packages, clean, cached and with nothing to do, beside pnpm, bun and npm."""
import json
import os
import shutil
import statistics
import subprocess

from . import packages, registry
from .common import Contender, alternate, ggen, row, say
from .rivals import Unavailable, Verdaccio, run as run_tool, tool

COUNT = 100
STATES = ("clean", "cached", "no-op")
OVER_START = {  # quiet figures of the table of targets, seconds less each program's own start
    "pnpm 12": {"clean": 0.312, "cached": 0.086, "no-op": 0.002},
    "bun": {"clean": 0.116, "cached": 0.014, "no-op": 0.002},
}
WHOLE = {
    "npm 12": {"clean": 1.234, "cached": 0.487, "no-op": 0.280},
    "pnpm 11": {"clean": 0.996, "cached": 0.708, "no-op": 0.381},
}


class Installer:
    """One program with a project of its own: how it installs, and what to remove for each state."""

    def __init__(self, name, project, start, install, env, installed, cache):
        self.name, self.project, self.start, self.install, self.env = name, project, start, install, env
        self.installed, self.cache = installed, cache
        self.log = project.parent / f"{project.name}.log"

    def prepare(self, state):
        gone = {"clean": self.installed + self.cache, "cached": self.installed, "no-op": []}[state]
        for path in gone:
            shutil.rmtree(path, ignore_errors=True)

    def contender(self, state):
        before = lambda: self.prepare(state)  # noqa: E731
        return Contender(self.name, self.install, self.project, self.env, before, self.log)

    def version(self):
        return Contender(self.name, self.start, self.project, self.env)


def ours(bench):
    home = registry.of_size(bench, COUNT)
    launcher, env = ggen(bench, home)
    project = fresh(bench, "ggen")
    lines = "".join(f'"{packages.name(n)}" = "^1.0.0"\n' for n in range(COUNT))
    (project / "ggen.toml").write_text(f'[project]\nname = "bench"\n\n[dependencies]\n{lines}')
    subprocess.run([launcher, "install"], cwd=project, env=env, check=True, stdout=subprocess.DEVNULL)
    return Installer(
        "ggen", project, [launcher, "--version"], [launcher, "install"], env, [project / ".ggen"], [home / "store"]
    )


def fresh(bench, name):
    project = bench.work / "f5" / name
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    return project


def npm_like(bench, server, name, program, install, caches):
    """A rival that reads package.json; `caches` are folders in its own home."""
    project, home = fresh(bench, name), fresh(bench, f"{name}-home")
    dependencies = {packages.name(n): "^1.0.0" for n in range(COUNT)}
    (project / "package.json").write_text(json.dumps({"name": "bench", "private": True, "dependencies": dependencies}))
    (project / ".npmrc").write_text(f"registry={server.url}\nomit-lockfile-registry-resolved=true\n")
    env = {k: v for k, v in os.environ.items() if not k.lower().startswith(("npm_", "bun_", "xdg_"))}
    env |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    env |= {"npm_config_registry": server.url, "BUN_INSTALL_CACHE_DIR": str(home / "bun"), "CI": ""}
    run_tool([program, "install"], cwd=project, env=env)
    folders = [home / cache for cache in caches]
    return Installer(name, project, [program, "--version"], install, env, [project / "node_modules"], folders)


def rivals(bench, server):
    """Returns the rivals that work here."""
    makers = {
        "pnpm 12": lambda: pnpm(bench, server),
        "bun": lambda: bun(bench, server),
        "npm": lambda: npm(bench, server),
    }
    found = {}
    for name, make in makers.items():
        try:
            found[name] = make()
        except Unavailable as e:
            say(f"{name} is taken from the table: {e}")
    return found


def pnpm(bench, server):
    program = tool(bench, "pnpm@12", "pnpm", "install.js")
    install = [program, "install", "--frozen-lockfile", "--ignore-scripts"]
    return npm_like(bench, server, "pnpm 12", program, install, ["data", "cache"])


def bun(bench, server):
    program = tool(bench, "bun@1", "bun", "install.js")
    install = [program, "install", "--frozen-lockfile", "--ignore-scripts"]
    return npm_like(bench, server, "bun", program, install, ["bun"])


def npm(bench, server):
    program = shutil.which("npm")
    if not program:
        raise Unavailable("no npm here")
    return npm_like(bench, server, "npm", program, [program, "install", "--ignore-scripts"], [".npm"])


def run(bench, row_id):
    mine = ours(bench)
    try:
        with Verdaccio(bench, COUNT) as server:
            measure(bench, row_id, mine, rivals(bench, server))
    except Unavailable as e:
        say(f"no local npm registry, rivals are taken from the table: {e}")
        measure(bench, row_id, mine, {})


def measure(bench, row_id, mine, others):
    all_ = [mine, *others.values()]
    starts = alternate(bench.runs(9), *[one.version() for one in all_])
    start = {one.name: runs for one, runs in zip(all_, starts)}
    for state in STATES:
        results = alternate(bench.runs(9), *[one.contender(state) for one in all_])
        result = {one.name: runs for one, runs in zip(all_, results)}
        for kind in ("wall", "cpu"):
            report(row_id, state, kind, start, result)
        whole(row_id, state, result)
        memory = {name: statistics.median(runs.values("memory")) for name, runs in result.items()}
        rival = "pnpm 12" if "pnpm 12" in memory else None
        row(
            row_id,
            f"install 100 packages {state}, peak memory",
            result["ggen"].values("memory"),
            "MiB",
            rival=rival,
            rival_value=memory.get(rival),
        )


def over_start(name, kind, start, result):
    base = statistics.median(start[name].values(kind))
    return [value - base for value in result[name].values(kind)]


def report(row_id, state, kind, start, result):
    what = f"install 100 packages {state} less --version, {kind}"
    samples = over_start("ggen", kind, start, result)
    value = statistics.median(samples)
    if state == "no-op":
        judged = {"target": "<= 0.025 s", "holds": value <= 0.025} if kind == "wall" else {}
        row(row_id, what, samples, **judged)
        return
    for name, table in OVER_START.items():
        if name in result:
            rival, other = name, statistics.median(over_start(name, kind, start, result))
        elif kind == "wall":
            rival, other = f"{name} (table)", table[state]
        else:
            continue
        row(row_id, what, samples, rival=rival, rival_value=other, target="ratio <= 1", holds=value <= other)


def whole(row_id, state, result):
    samples = result["ggen"].values("wall")
    value = statistics.median(samples)
    what = f"install 100 packages {state}, whole"
    for name, table in WHOLE.items():
        measured = result.get(name.split()[0]) if name.startswith("npm") else None
        other = statistics.median(measured.values("wall")) if measured else table[state]
        rival = "npm" if measured else f"{name} (table)"
        row(row_id, what, samples, rival=rival, rival_value=other, target="ratio <= 0.7", holds=value / other <= 0.7)
