"""Makes registries."""


def of_size(bench, packages):
    raise SystemExit("no registry of size yet")
