"""Measuring, alternating and printing: what every row needs."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "quality/bench/target"


def say(message):
    print(message, file=sys.stderr, flush=True)


@dataclass
class Bench:
    """How long to measure, and where things are."""

    quick: bool
    cache: Path = TARGET / "rivals"
    work: Path = TARGET / "work"
    data: Path = Path(os.environ.get("GGEN_BENCH_DATA", ROOT.parent / "shared/data"))

    def runs(self, full):
        return min(full, 5) if self.quick else full

    def __post_init__(self):
        self.cache.mkdir(parents=True, exist_ok=True)
        self.work.mkdir(parents=True, exist_ok=True)


@dataclass
class Run:
    """One finished process: seconds on the wall, seconds of CPU with its children, MiB at the peak."""

    wall: float
    cpu: float
    memory: float
    code: int


@dataclass
class Runs:
    """All runs of one command."""

    runs: list = field(default_factory=list)

    def values(self, what):
        return [getattr(run, what) for run in self.runs]


def execute(argv, cwd=None, env=None, log=None):
    """Runs one command to its end; its output goes to the file `log`, or nowhere."""
    sink = open(log, "ab") if log else open(os.devnull, "wb")
    with sink:
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


@dataclass
class Contender:
    """A command to measure, and what brings back its starting state before each run."""

    name: str
    argv: list
    cwd: Path = None
    env: dict = None
    before: object = None
    log: Path = None

    def measure(self):
        if self.before:
            self.before()
        run = execute(self.argv, self.cwd, self.env, self.log)
        if run.code != 0:
            raise RuntimeError(f"{self.name}: exit {run.code}: {' '.join(map(str, self.argv))} (output: {self.log})")
        return run


def alternate(runs, *contenders):
    """Measures all contenders in turn, `runs` times, after one round that does not count."""
    results = [Runs() for _ in contenders]
    for round_ in range(runs + 1):
        for contender, result in zip(contenders, results):
            run = contender.measure()
            if round_ > 0:
                result.runs.append(run)
    return results


def rounded(value):
    return value if value is None else float(f"{value:.4g}")


def row(id_, what, samples, unit="s", better="lower", rival=None, rival_value=None, target=None, holds=None):
    """Prints one row; `rival` ends in " (table)" where its figure was not measured beside ours."""
    value = statistics.median(samples)
    ratio = value / rival_value if rival_value else None
    print(
        json.dumps(
            {
                "id": id_,
                "what": what,
                "value": rounded(value),
                "unit": unit,
                "better": better,
                "rival": rival,
                "rivalValue": rounded(rival_value),
                "ratio": rounded(ratio),
                "target": target,
                "holds": holds,
                "runs": len(samples),
                "min": rounded(min(samples)),
                "max": rounded(max(samples)),
            },
            separators=(",", ":"),
            ensure_ascii=False,
        ),
        flush=True,
    )


def beside(id_, what, ours, rival, limit, **more):
    """A row judged by its ratio to the rival's median."""
    other = statistics.median(rival[1])
    holds = statistics.median(ours) / other <= limit
    row(id_, what, ours, rival=rival[0], rival_value=other, target=f"ratio <= {limit:g}", holds=holds, **more)


def best_jdk():
    """Returns the home of a JDK 25, as the launcher looks for it."""
    candidates = [os.environ.get("GGEN_JAVA_HOME"), os.environ.get("JAVA_HOME")]
    candidates += sorted(Path("/usr/lib/jvm").glob("*")) + sorted(Path("/opt").glob("*"))
    candidates += sorted(Path.home().glob(".sdkman/candidates/java/*"))
    for home in candidates:
        release = Path(home or "/nowhere") / "release"
        if release.is_file() and 'JAVA_VERSION="25' in release.read_text():
            return Path(home)
    raise SystemExit("no JDK 25 found: set JAVA_HOME to one")


def ggen(bench, home):
    """Returns the launcher and an environment with `home` as its home; builds the program once."""
    launcher = Path(os.environ.get("GGEN_BENCH_PROGRAM", ROOT / "ggen"))
    if not launcher.exists():
        raise SystemExit(f"there is no {launcher} to measure")
    env = {**os.environ, "GGEN_HOME": str(home)}
    subprocess.run([launcher, "--version"], env=env, check=True, stdout=subprocess.DEVNULL)
    return launcher, env


def npm_install(folder, *packages):
    """Installs npm packages into `folder` unless they are there; returns whether they now are."""
    if all((folder / "node_modules" / name_of(p)).exists() for p in packages):
        return True
    folder.mkdir(parents=True, exist_ok=True)
    say(f"installing {' '.join(packages)} into {folder}")
    argv = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *packages]
    return shutil.which("npm") is not None and subprocess.run(argv, stdout=sys.stderr).returncode == 0


def name_of(package):
    return package[: package.rindex("@")] if "@" in package[1:] else package
