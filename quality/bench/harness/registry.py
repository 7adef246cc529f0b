"""Homes whose file registry holds many published packages, made once and kept."""
import shutil
import subprocess
import time

from . import packages
from .common import ggen, say

BATCH = 200


def of_size(bench, count):
    """Returns a home with `count` published packages; publishes them when it is not there yet."""
    home = bench.work / f"home-{count}"
    done = home / "made"
    if done.exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    launcher, env = ggen(bench, home)
    say(f"publishing {count} packages into {home}")
    started = time.monotonic()
    for first in range(0, count, BATCH):
        publish(bench, launcher, env, range(first, min(first + BATCH, count)))
    say(f"published {count} packages in {time.monotonic() - started:.0f} s")
    done.touch()
    return home


def publish(bench, launcher, env, numbers):
    """Publishes packages by their numbers in one command."""
    folder = bench.work / "source"
    shutil.rmtree(folder, ignore_errors=True)
    folders = [packages.write(folder / packages.name(n), n) for n in numbers]
    subprocess.run([launcher, "publish", *folders, "--quiet"], env=env, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)
