"""Package managers to stand beside, and the npm registry they install from: all from the npm registry, kept in a folder."""
import base64
import hashlib
import io
import json
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request

from . import packages
from .common import say


class Unavailable(Exception):
    """A rival that cannot be had here."""


def tool(bench, package, program, installer=None, overrides=None):
    """Installs an npm package once; returns the path of its program."""
    name = package.split("@")[0]
    folder = bench.cache / name
    path = folder / "node_modules/.bin" / program
    stamp = folder / "ready"
    if stamp.exists():
        return path
    if not shutil.which("npm"):
        raise Unavailable("no npm here")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps({"private": True, "overrides": overrides or {}}))
    say(f"installing {package}")
    run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, package])
    if installer:  # newer npm does not run a package's own installer by itself
        run(["node", installer], cwd=folder / "node_modules" / name)
    run([path, "--version"])
    stamp.touch()
    return path


def run(argv, cwd=None, env=None):
    if subprocess.run(argv, cwd=cwd, env=env, stdout=sys.stderr).returncode != 0:
        raise Unavailable(f"failed: {' '.join(map(str, argv))}")


class Verdaccio:
    """A local npm registry that holds the twins of our packages; ends with the `with` block."""

    def __init__(self, bench, count):
        self.node = tool(bench, "node@22", "node", "installArchSpecificPackage")
        # the registry's tag that verdaccio's tree asks for is not everywhere
        self.program = tool(bench, "verdaccio@6", "verdaccio", overrides={"node-fetch": "2.6.7"})
        self.folder = bench.work / "verdaccio"
        self.count = count
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        config = self.folder / "config.yaml"
        config.write_text(
            f"storage: {self.folder / 'storage'}\nmax_body_size: 10mb\nweb:\n  enable: false\n"
            "packages:\n  '**':\n    access: $all\n    publish: $anonymous\n"
            "log: {type: stdout, format: pretty, level: error}\n"
        )
        self.log = open(self.folder / "log", "wb")
        argv = [self.node, self.program.resolve(), "--config", config, "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(argv, cwd=self.folder, stdout=self.log, stderr=self.log)
        try:
            self.wait()
            for number in range(self.count):
                self.publish(number)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return urllib.request.urlopen(f"{self.url}-/ping", timeout=5).read()
            except OSError:
                time.sleep(0.1)
        raise Unavailable(f"verdaccio does not answer, see {self.folder / 'log'}")

    def publish(self, number):
        name, archive = packages.name(number), npm_archive(number)
        file = f"{name}-1.0.0.tgz"
        version = {
            "name": name,
            "version": "1.0.0",
            "description": packages.describe(number)["description"],
            "dist": {
                "shasum": hashlib.sha1(archive).hexdigest(),
                "integrity": "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode(),
                "tarball": f"{self.url}{name}/-/{file}",
            },
        }
        data = base64.b64encode(archive).decode()
        attachment = {"content_type": "application/octet-stream", "data": data, "length": len(archive)}
        document = {
            "_id": name,
            "name": name,
            "dist-tags": {"latest": "1.0.0"},
            "versions": {"1.0.0": version},
            "_attachments": {file: attachment},
        }
        request = urllib.request.Request(f"{self.url}{name}", json.dumps(document).encode(), method="PUT")
        request.add_header("Content-Type", "application/json")
        urllib.request.urlopen(request, timeout=30).read()


def npm_archive(number):
    """Returns package `number` as npm packs it."""
    content = packages.files(number)
    content["package.json"] = json.dumps({"name": packages.name(number), "version": "1.0.0"})
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for path, text in content.items():
            info = tarfile.TarInfo(f"package/{path}")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return packed.getvalue()
