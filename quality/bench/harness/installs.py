"""F5 comes here."""


def run(bench, row_id):
    raise SystemExit("F5 is not measured yet")
