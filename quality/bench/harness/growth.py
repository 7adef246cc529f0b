"""How the cost of each frequent command grows with 1, 10 and 100 times the work: figures, and a plot beside them."""
import statistics
import subprocess

from . import packages, registry
from .common import TARGET, Contender, alternate, ggen, row, say

SIZES = (100, 1_000, 10_000)
COUNTS = (1, 10, 100)
MEGABYTES = (1, 10, 100)


def run(bench, row_id):
    curves = {
        "search, cold, by packages in the registry": [search(bench, size) for size in SIZES],
        "publish, by packages in the registry": [publish(bench, size) for size in SIZES],
        "install from the store, by packages": [install(bench, count) for count in COUNTS],
        "publish, by MB in the package": [large(bench, size) for size in MEGABYTES],
    }
    scales = [SIZES, SIZES, COUNTS, MEGABYTES]
    for (what, samples), sizes in zip(curves.items(), scales):
        for size, values in zip(sizes, samples):
            row(row_id, f"{what}: {size:,}", values)
    medians = {what: [statistics.median(one) for one in samples] for what, samples in curves.items()}
    file = TARGET / "growth.svg"
    file.write_text(svg(medians, scales))
    say(f"plot: {file}")


def walls(bench, contender):
    (runs,) = alternate(bench.runs(9), contender)
    return runs.values("wall")


def search(bench, size):
    home = registry.of_size(bench, size)
    launcher, env = ggen(bench, home)
    return walls(bench, Contender("search", [launcher, "search", "parser generator"], env=env))


def publish(bench, size):
    home = registry.of_size(bench, size)
    launcher, env = ggen(bench, home)
    source, counter = bench.work / "one", [size * 100_000]

    def fresh():
        counter[0] += 1
        packages.write(source, counter[0])

    log = bench.work / "publish.log"
    return walls(bench, Contender("publish", [launcher, "publish", source], env=env, before=fresh, log=log))


def install(bench, count):
    home = registry.of_size(bench, 100)
    launcher, env = ggen(bench, home)
    project = bench.work / f"growth-{count}"
    project.mkdir(exist_ok=True)
    lines = "".join(f'"{packages.name(n)}" = "^1.0.0"\n' for n in range(count))
    (project / "ggen.toml").write_text(f'[project]\nname = "growth"\n\n[dependencies]\n{lines}')
    subprocess.run([launcher, "install"], cwd=project, env=env, check=True, stdout=subprocess.DEVNULL)
    gone = lambda: subprocess.run(["rm", "-rf", project / ".ggen"], check=True)  # noqa: E731
    log = bench.work / "install.log"
    return walls(bench, Contender("install", [launcher, "install"], cwd=project, env=env, before=gone, log=log))


def large(bench, megabytes):
    home = registry.of_size(bench, 100)
    launcher, env = ggen(bench, home)
    source, counter = bench.work / "large", [megabytes * 1_000]

    def fresh():
        counter[0] += 1
        packages.write(source, 900_000 + counter[0])
        line = f"{counter[0]} ".encode() + bytes(range(32, 127)) * 10 + b"\n"
        (source / "data.txt").write_bytes(line * (megabytes * 1_000_000 // len(line)))

    log = bench.work / "publish.log"
    return walls(bench, Contender("publish", [launcher, "publish", source], env=env, before=fresh, log=log))


COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#9a6700")


def svg(curves, scales):
    """A small plot: each curve over its own three sizes, milliseconds upwards."""
    width, height, left, bottom, top = 720, 360, 60, 300, 30
    highest = max(max(values) for values in curves.values()) * 1.1
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for step in range(5):
        y = bottom - (bottom - top) * step / 4
        out.append(f'<line x1="{left}" x2="{width - 20}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{highest * step / 4 * 1000:.0f} ms</text>')
    for column, label in enumerate(("1 x", "10 x", "100 x")):
        out.append(f'<text x="{left + 40 + column * 110}" y="{bottom + 18}" text-anchor="middle">{label}</text>')
    for number, ((what, values), sizes) in enumerate(zip(curves.items(), scales)):
        points = [
            (left + 40 + column * 110, bottom - (bottom - top) * value / highest) for column, value in enumerate(values)
        ]
        colour = COLOURS[number]
        line = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.0f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        named = f"{what} ({sizes[0]:,} to {sizes[-1]:,})"
        out.append(f'<text x="{left + 300}" y="{top + 20 + number * 20}" fill="{colour}">{named}</text>')
    return "\n".join([*out, "</svg>", ""])
