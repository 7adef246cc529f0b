"""Homes whose file registry holds many packages, made once and kept."""
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import time

from . import packages
from .common import ggen, say

SIGNED = 100
PUBLISHED_AT = "2026-01-02T03:04:05Z"


def of_size(bench, count):
    """Returns a home with `count` packages: the first 100 published by us and signed, more as the older program leaves
    them (an entry in index.json, package.json and archive), since publishing thousands would take minutes."""
    home = bench.work / f"home-{count}"
    done = home / "made"
    if done.exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    launcher, env = ggen(bench, home)
    say(f"making a registry of {count} packages in {home}")
    started = time.monotonic()
    if count > SIGNED:
        leave(home / "registry", range(SIGNED, count))
    publish(bench, launcher, env, range(min(SIGNED, count)))
    subprocess.run([launcher, "search", "parser"], env=env, check=True, stdout=subprocess.DEVNULL)
    say(f"made in {time.monotonic() - started:.0f} s")
    done.touch()
    return home


def publish(bench, launcher, env, numbers):
    """Publishes packages by their numbers in one command."""
    folder = bench.work / "source"
    shutil.rmtree(folder, ignore_errors=True)
    folders = [packages.write(folder / packages.name(n), n) for n in numbers]
    subprocess.run([launcher, "publish", *folders, "--quiet"], env=env, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)


def leave(registry, numbers):
    """Writes packages as the older program does: whole files, index.json at the end."""
    entries = {}
    for number in numbers:
        name = packages.name(number)
        folder = registry / name / "1.0.0"
        folder.mkdir(parents=True)
        content = archive(number)
        (folder / f"{name}-1.0.0.tar.gz").write_bytes(content)
        entries[name] = entry(number, content)
        (folder / "package.json").write_text(json.dumps(entries[name], separators=(",", ":")))
    index = {"version": "1.0.0", "updated_at": PUBLISHED_AT, "packages": entries}
    (registry / "index.json").write_text(json.dumps(index, indent=2))


def entry(number, content):
    name, about = packages.name(number), packages.describe(number)
    version = {
        "version": "1.0.0",
        "download_url": f"{name}/1.0.0/{name}-1.0.0.tar.gz",
        "checksum": hashlib.sha256(content).hexdigest(),
        "dependencies": [],
        "published_at": PUBLISHED_AT,
        "size_bytes": len(content),
    }
    return {
        "name": name,
        "versions": [version],
        "description": about["description"],
        "author": None,
        "category": about["category"],
        "tags": about["tags"],
        "repository": None,
        "license": "MIT",
        "homepage": None,
    }


def archive(number):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path, text in packages.files(number).items():
            info = tarfile.TarInfo(path)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return gzip.compress(packed.getvalue(), 1, mtime=0)
