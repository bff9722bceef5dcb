"""Measures `clspack batch`: sixty and a thousand products, a second run, threads, memory.

python3 benches/batch/measure.py [--heavy] [--large] [PROGRAM]

Each product is a copy of one with a model of its own and 1 MB of evidence that does not compress: a camera of
Level 1 with 13 answers, or with `--heavy` a router of Level 2 with 50 answers and 37 files. `--large` adds ten
thousand products with 20 kB of it, for the memory. What two threads do is set beside what two programs of one
thread do, each with half of the products: more than that the machine does not give. Everything lies in a
temporary folder, which is removed at the end.
"""

import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAVY = "--heavy" in sys.argv
EXAMPLE = ROOT / ("examples/wifi-router-level-2" if HEAVY else "tests/bases/level-1")
MODEL = "OG-AX3000" if HEAVY else "SC-100"


def photograph(noise):
    """Returns a photograph whose packed data is noise: whole by its structure, and it does not compress."""
    head = (ROOT / "tests/bases/level-1/evidence/label.jpg").read_bytes()
    scan = head.index(b"\xff\xda")
    scan += 2 + int.from_bytes(head[scan + 2 : scan + 4], "big")
    return head[:scan] + noise.replace(b"\xff", b"\xff\x00") + b"\xff\xd9"


def products(folder, number, size):
    """Makes the products; files that do not differ are links to one, as a family would share them."""
    manifest = (EXAMPLE / "manifest.yaml").read_text(encoding="utf-8")
    for i in range(number):
        own = folder / f"p{i:05}"
        shutil.copytree(EXAMPLE, own, copy_function=os.link)
        (own / "manifest.yaml").unlink()
        text = manifest.replace(MODEL, f"{MODEL}-{i:05}")
        text = text.replace("\nevidence:\n", "\nevidence:\n  penetration-test: evidence/large.jpg\n", 1)
        assert "large.jpg" in text
        (own / "manifest.yaml").write_text(text, encoding="utf-8")
        noise = random.Random(i).randbytes(size)
        (own / "evidence" / "large.jpg").write_bytes(photograph(noise))


def run(program, *arguments):
    """Returns seconds and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([program, "batch", *map(str, arguments), "-q"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "the batch failed"
    return time.perf_counter() - start, usage.ru_maxrss / 1000


def side_by_side(program, folder, scratch):
    """Returns seconds for two programs of one thread, each with half of the products."""
    command = lambda k: [program, "batch", folder, "-o", scratch / f"half-{k}", "--jobs", "1", "--shard", f"{k}/2", "-q"]
    start = time.perf_counter()
    running = [subprocess.Popen(list(map(str, command(k))), stdout=subprocess.DEVNULL) for k in (1, 2)]
    assert all(process.wait() == 0 for process in running)
    return time.perf_counter() - start


def line(what, seconds, memory, number):
    print(f"{what:<44} {seconds:7.2f} s {memory:6.0f} MB {number / seconds:8.1f} a second", flush=True)


def threads(program, folder, scratch, rounds=3):
    """Measures one thread, two, and two programs, in turn; prints the medians."""
    one, two, both = [], [], []
    for i in range(rounds):
        one.append(run(program, folder, "-o", scratch / f"one-{i}", "--jobs", "1")[0])
        two.append(run(program, folder, "-o", scratch / f"two-{i}", "--jobs", "2")[0])
        both.append(side_by_side(program, folder, scratch / f"both-{i}"))
    one, two, both = map(statistics.median, (one, two, both))
    print(f"100 products, medians of {rounds}: one thread {one:.2f} s, two threads {two:.2f} s, two programs {both:.2f} s")
    print(f"two threads do {one / two:.2f} times the work of one, two programs {one / both:.2f} times", flush=True)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    program = words[0] if words else ROOT / "target" / "release" / "clspack"
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores; each product: declaration, supporting "
          "evidence, summary, sheet, 1 MB of evidence")
    sizes = [60, 100, 1000] + ([10_000] if "--large" in sys.argv else [])
    with tempfile.TemporaryDirectory(prefix="batch-") as scratch:
        scratch = pathlib.Path(scratch)
        for number in sizes:
            folder, out = scratch / f"in-{number}", scratch / f"out-{number}"
            folder.mkdir()
            products(folder, number, 20_000 if number == 10_000 else 1_000_000)
            line(f"{number} products", *run(program, folder, "-o", out), number)
            line(f"{number} products again, nothing changed", *run(program, folder, "-o", out), number)
            if number == 100:
                threads(program, folder, scratch)
            shutil.rmtree(folder)
            shutil.rmtree(out)


if __name__ == "__main__":
    main()
