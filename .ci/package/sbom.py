"""Writes the bill of materials of a build as CycloneDX 1.6: cargo metadata … | sbom.py VERSION > clspack.cdx.json."""

import json
import sys

metadata = json.load(sys.stdin)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = next(id for id, package in packages.items() if package["name"] == "clspack")
seen, todo = set(), [root]
while todo:
    id = todo.pop()
    if id in seen:
        continue
    seen.add(id)
    for dependency in nodes[id]["deps"]:
        # What only tests or the build need is not in the program.
        if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
            todo.append(dependency["pkg"])


def ref(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package):
    entry = {
        "type": "application" if package["id"] == root else "library",
        "bom-ref": ref(package),
        "name": package["name"],
        "version": package["version"],
        "purl": ref(package),
    }
    if package.get("license"):
        entry["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    return entry


used = sorted((packages[id] for id in seen), key=ref)
depends = [
    {
        "ref": ref(package),
        "dependsOn": sorted({ref(packages[d["pkg"]]) for d in nodes[package["id"]]["deps"] if d["pkg"] in seen}),
    }
    for package in used
]
document = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "version": 1,
    "metadata": {"component": component(packages[root])},
    "components": [component(package) for package in used if package["id"] != root],
    "dependencies": depends,
}
json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
print()
