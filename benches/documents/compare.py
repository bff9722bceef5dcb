#!/usr/bin/env python3
"""The same six-page declaration by clspack, typst and WeasyPrint, side by side: see README.md.

Makes a Python environment, the document and everything else in a temporary folder, which `--keep DIR`
names and keeps. Rounds go through all engines in turn, so that a busy moment meets them all.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import document

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = ["typst==0.15.2", "weasyprint==70.0"]
NAMES = {
    "clspack": "clspack, PDF/A-2a and UA-1",
    "typst": "typst, tagged",
    "typst-archival": "typst, PDF/A-2a and UA-1",
    "weasyprint": "WeasyPrint, plain",
    "weasyprint-tagged": "WeasyPrint, PDF/UA-1",
    "python": "(Python with nothing to do)",
}
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


def prepare(folder):
    """The environment, the fonts and both forms of the document."""
    python = folder / "venv/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    shutil.copytree(ROOT / "crates/typeset/fonts", folder / "fonts", dirs_exist_ok=True)
    (folder / "fonts.conf").write_text(FONTCONFIG.format(fonts=folder / "fonts", cache=folder / "cache"))
    style = (ROOT / "templates/style.html").read_text() + document.PAGED
    (folder / "document.html").write_text(document.html("@NUMBER@", style))
    (folder / "document.typ").write_text(document.typ("@NUMBER@"))
    return python


def program():
    """The benchmark's own program, built for release."""
    build = ["cargo", "bench", "--bench", "documents", "--no-run"]
    text = subprocess.run(build, cwd=ROOT, check=True, capture_output=True, text=True).stderr
    return ROOT / text.rsplit("(", 1)[1].split(")")[0]


def run(command, env):
    """Milliseconds, peak memory in MB and output of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1000, output


def pages(file):
    try:
        text = subprocess.run(["pdfinfo", file], capture_output=True, text=True).stdout
        return text.split("Pages:")[1].split()[0]
    except (OSError, IndexError):
        return "?"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm", type=int, default=40, help="documents in each warm process")
    options = parser.parse_args()
    folder = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="documents-"))
    folder = folder.resolve()
    folder.mkdir(exist_ok=True)
    python, ours = prepare(folder), program()
    env = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}

    def command(name, mode, last):
        if name == "clspack":
            return [ours, mode, folder / "document.html", last]
        return [python, HERE / "engine.py", name, mode, folder, last]

    cold, warm, memory = ({name: [] for name in NAMES} for _ in range(3))
    for turn in range(options.rounds):
        for name in NAMES:
            out = folder / f"{name}.pdf"
            took, peak, _ = run(command(name, "cold", out), env)
            cold[name].append(took)
            memory[name].append(peak)
            if turn < 5 and name != "python":
                times = run(command(name, "warm", str(options.warm)), env)[2].split()
                # The first documents of a process still warm it up.
                warm[name] += [float(time) for time in times[5:]]
    report(folder, cold, warm, memory)
    if not options.keep:
        shutil.rmtree(folder)


def report(folder, cold, warm, memory):
    middle = statistics.median
    print(f"load {os.getloadavg()[0]:.1f}; {', '.join(PACKAGES)}")
    print(f"{'':28} {'warm':>8} {'shortest':>9} {'cold':>8} {'shortest':>9} {'memory':>8} {'PDF':>7} pages")
    for name, label in NAMES.items():
        file = folder / f"{name}.pdf"
        once, again = cold[name], warm[name] or [0]
        print(
            f"{label:28} {middle(again):5.1f} ms {min(again):6.1f} ms {middle(once):5.0f} ms {min(once):6.0f} ms"
            f" {middle(memory[name]):5.0f} MB {file.stat().st_size / 1000:4.0f} kB {pages(file):>5}"
        )
    for name, label in list(NAMES.items())[1:-1]:
        times = [function(of[name]) / function(of["clspack"]) for of in (warm, cold) for function in (middle, min)]
        print(f"{label:28} " + "   ".join(f"{ratio:6.1f} x" for ratio in times))


main()
