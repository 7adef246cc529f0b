"""Small packages of our own and their npm twins, always the same for the same number."""
import random
import shutil

WORDS = (
    "template ontology generator schema rust java python query graph shape class module service client server parser "
    "lexer model view controller test bench config cache index search store queue event stream policy token"
).split()


def name(number):
    return f"bench-pack-{number:05d}"


def files(number):
    """Returns the files of package `number` without its manifest: path to text."""
    rng = random.Random(number)

    def prose(words):
        return " ".join(rng.choice(WORDS) for _ in range(words))

    return {
        "README.md": f"# {name(number)}\n\n{prose(120)}\n",
        "templates/main.tera": "".join(f"{{{{ {rng.choice(WORDS)} }}}} {prose(12)}\n" for _ in range(20)),
        "ontology/terms.ttl": "".join(f":{w} a :Term ; :label \"{prose(6)}\" .\n" for w in rng.sample(WORDS, 12)),
        "queries/all.sparql": f"SELECT ?s WHERE {{ ?s a :{rng.choice(WORDS)} }}\n",
    }


def describe(number):
    rng = random.Random(-number - 1)
    return {
        "description": " ".join(rng.choice(WORDS) for _ in range(9)),
        "tags": sorted(set(rng.sample(WORDS, 3))),
        "category": rng.choice(["templates", "ontologies", "scripts", "data"]),
    }


def write(folder, number, version="1.0.0", manifest="package.toml"):
    """Writes package `number` into `folder`, which it empties first."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files(number).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    about = describe(number)
    tags = ", ".join(f'"{tag}"' for tag in about["tags"])
    (folder / manifest).write_text(
        f'[package]\nname = "{name(number)}"\nversion = "{version}"\ndescription = "{about["description"]}"\n'
        f'license = "MIT"\ncategories = ["{about["category"]}"]\ntags = [{tags}]\n'
    )
    return folder
