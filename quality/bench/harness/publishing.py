"""F6: publishing one package into registries of 100 and 10,000, everything forced to the disk, over the CLI's start."""
import shutil
import statistics
import subprocess
import time

from . import packages, registry
from .common import Contender, alternate, ggen, row

LIMIT = 0.030
TABLE = ("cargo to a sparse index without fsync (table)", 0.021)


def run(bench, row_id):
    medians = {}
    for size in (100, 10_000):
        medians[size] = measure(bench, row_id, size)
    small, large = medians[100], medians[10_000]
    row(
        row_id,
        "publish, 10,000 packages against 100",
        [large],
        rival="ours at 100 packages",
        rival_value=small,
        target="ratio <= 1.2",
        holds=large / small <= 1.2,
    )
    git(bench, row_id)


def measure(bench, row_id, size):
    home = registry.of_size(bench, size)
    launcher, env = ggen(bench, home)
    counter = [int(time.time()) % 1_000_000_000]
    source = bench.work / "one"

    def fresh():
        counter[0] += 1
        packages.write(source, counter[0])

    log = bench.work / "publish.log"
    publish = Contender("publish", [launcher, "publish", source], env=env, before=fresh, log=log)
    version = Contender("version", [launcher, "--version"], env=env)
    ours, start = alternate(bench.runs(15), publish, version)
    for kind in ("wall", "cpu"):
        base = statistics.median(start.values(kind))
        samples = [value - base for value in ours.values(kind)]
        value = statistics.median(samples)
        what = f"publish into {size:,} packages over --version, {kind}"
        if kind == "wall":
            result = value
            row(row_id, what, samples, rival=TABLE[0], rival_value=TABLE[1], target="<= 0.030 s", holds=value <= LIMIT)
        else:
            row(row_id, what, samples)
    row(row_id, f"publish into {size:,} packages, peak memory", ours.values("memory"), "MiB")
    return result


def git(bench, row_id):
    """What git needs to commit one more file beside 10,000, for orientation."""
    if not shutil.which("git"):
        return
    repo = bench.work / "git"
    plain = ["git", "-C", repo, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "gc.auto=0"]
    if not (repo / ".git").exists():
        subprocess.run(["git", "init", "-q", repo], check=True)
        for number in range(10_000):
            file = repo / f"{number % 100:02d}" / f"{number}.json"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f'{{"n":{number}}}\n' * 10)
        subprocess.run([*plain, "add", "-A"], check=True)
        subprocess.run([*plain, "commit", "-qm", "all"], check=True)

    def stage():
        (repo / "00" / "new.json").write_text(str(time.time_ns()))
        subprocess.run([*plain, "add", "00/new.json"], check=True)

    (commits,) = alternate(bench.runs(9), Contender("git", [*plain, "commit", "-qm", "one"], before=stage))
    row(row_id, "git commit of one file beside 10,000, for orientation", commits.values("wall"))
