"""The rival tantivy: builds an index of ROWS (id, tab, summary) and asks QUERIES (id, tab, plain, tab, mistyped).

usage: tantivy_rival.py MODULES ROWS QUERIES INDEX WARM ROUNDS; prints lines of a name and its values.
"""
import shutil
import sys
import time
from pathlib import Path

modules, rows, queries, folder, warm, rounds = sys.argv[1:7]
sys.path.insert(0, modules)
import tantivy  # noqa: E402

LIMIT = 20
FUZZY = {"name": (False, 1, True), "summary": (False, 1, True)}


def build():
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("name", stored=True)
    schema.add_text_field("summary")
    shutil.rmtree(folder, ignore_errors=True)
    Path(folder).mkdir(parents=True)
    lines = [line.split("\t") for line in Path(rows).read_text().splitlines()]
    index = tantivy.Index(schema.build(), path=folder)
    start = time.perf_counter()
    writer = index.writer(heap_size=256 << 20, num_threads=2)
    for name, summary in lines:
        writer.add_document(tantivy.Document(name=name, summary=summary))
    writer.commit()
    print("build", time.perf_counter() - start)
    index.reload()
    return index


def ask(index, label, column, options):
    searcher = index.searcher()
    cases = [line.split("\t") for line in Path(queries).read_text().splitlines()]
    found = 0
    times = []
    for turn in range(int(warm) + int(rounds)):
        for case in cases:
            start = time.perf_counter()
            query = index.parse_query(
                case[column], ["name", "summary"], field_boosts={"name": 4.0}, conjunction_by_default=True, **options
            )
            hits = searcher.search(query, LIMIT, count=False).hits
            names = [searcher.doc(address)["name"][0] for _, address in hits]
            spent = time.perf_counter() - start
            if turn >= int(warm):
                times.append(spent * 1000)
                found += case[0] in names
    print(label, found / len(times), *times)


index = build()
ask(index, "plain", 1, {})
ask(index, "mistyped", 2, {"fuzzy_fields": FUZZY})
