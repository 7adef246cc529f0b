"""Rows that are measured inside a JVM: builds the Java part and runs it."""
import os
import subprocess

from .common import ROOT, TARGET, best_jdk, say

MODULE = ROOT / "quality/bench"


def classpath():
    """Builds the benchmark module with what it stands on; returns its class path."""
    listing = TARGET / "classpath"
    say("building the benchmarks")
    goals = ["package", "dependency:build-classpath", "-Dmdep.outputFile=target/classpath", "-DskipTests"]
    subprocess.run(
        ["mvn", "-q", "-B", "-pl", "quality/bench", "-am", *goals], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    return f"{TARGET / 'classes'}{os.pathsep}{listing.read_text().strip()}"


def java(bench, *arguments, heap="2g"):
    """Runs a class of the benchmark module; its lines go to standard output."""
    command = [best_jdk() / "bin/java", f"-Xmx{heap}", "--enable-native-access=ALL-UNNAMED"]
    command += ["--sun-misc-unsafe-memory-access=allow", "-cp", classpath(), *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True)


def run(bench, row_id):
    length = "quick" if bench.quick else "full"
    java(bench, "io.ggen.bench.BenchMain", bench.cache, bench.data, length, row_id)
