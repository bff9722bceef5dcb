"""How many declarations a second: this program, typst, and docxtpl with LibreOffice.

python3 benches/batch/compare.py [--count 60]

The document is that of benches/documents: six pages, a table of 70 rows. It is made twice over: once as the
declarations of one maker's models, in which the number differs in title, head and foot, and once with
another number in every row, so that no two documents share a detail. Each is given both cores: two processes,
each with half of the documents. docxtpl fills a template with the same rows, and LibreOffice turns all of a
process's documents into PDF in one call, which is the fastest way that it has.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "documents"))
import document  # noqa: E402

ROOT = HERE.parents[1]
PACKAGES = ["typst==0.15.2", "docxtpl==0.20.2"]

TYPST = """
import sys, typst
source, fonts, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = open(source, encoding="utf-8").read()
for i in range(count):
    with open(source + ".n.typ", "w", encoding="utf-8") as to:
        to.write(text.replace("@NUMBER@", str(100000 + i)))
    typst.compile(source + ".n.typ", font_paths=[fonts], ignore_system_fonts=True)
"""

DOCX = """
import json, sys
from docx import Document
from docxtpl import DocxTemplate
folder, count = sys.argv[1], int(sys.argv[2])
rows = open(folder + "/rows.json", encoding="utf-8").read()
width = len(json.loads(rows)[0])
made = Document()
made.add_heading("Declaration of Conformity {{ number }}", 1)
table = made.add_table(rows=4, cols=width)
table.style = "Table Grid"
table.rows[1].cells[0].text = "{%tr for row in rows %}"
table.rows[3].cells[0].text = "{%tr endfor %}"
for i in range(width):
    table.rows[0].cells[i].text = "Column %d" % (i + 1)
    table.rows[2].cells[i].text = "{{ row[%d] }}" % i
made.add_paragraph("Signature")
made.save(folder + "/template.docx")
for i in range(count):
    filled = DocxTemplate(folder + "/template.docx")
    own = json.loads(rows.replace("@NUMBER@", str(100000 + i)))
    filled.render({"number": 100000 + i, "rows": own}, autoescape=True)
    filled.save(folder + "/declaration-%d.docx" % i)
"""


PROCESSES = 2


def timed(command):
    """Seconds for the processes that `command(k)` names, side by side."""
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(list(map(str, command(k))), **quiet) for k in range(PROCESSES)]
    assert all(process.wait() == 0 for process in running)
    return time.perf_counter() - start


def program():
    command = ["cargo", "bench", "--bench", "documents", "--no-run"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return ROOT / found.stderr.rsplit("(", 1)[1].split(")")[0]


def measure(scratch, python, family, half):
    """Seconds of each engine for twice `half` documents."""
    own = program()
    (scratch / "document.html").write_text(document.html("@NUMBER@", family=family), encoding="utf-8")
    rows = json.dumps([[str(cell) for cell in row] for row in document.rows("@NUMBER@", family)], ensure_ascii=False)
    for k in range(PROCESSES):
        (scratch / f"{k}.typ").write_text(document.typ("@NUMBER@", family=family), encoding="utf-8")
        (scratch / f"{k}").mkdir(exist_ok=True)
        (scratch / f"{k}" / "rows.json").write_text(rows, encoding="utf-8")
    seconds = {"clspack": timed(lambda k: [own, "warm", scratch / "document.html", half])}
    fonts = ROOT / "templates" / "fonts"
    seconds["typst"] = timed(lambda k: [python, scratch / "set_typst.py", scratch / f"{k}.typ", fonts, half])
    filled = timed(lambda k: [python, scratch / "fill_docx.py", scratch / f"{k}", half])
    shutil.rmtree(scratch / "pdf", ignore_errors=True)
    turned = timed(lambda k: [
        "soffice", f"-env:UserInstallation=file://{scratch}/profile{k}", "--headless", "--convert-to", "pdf",
        "--outdir", scratch / "pdf" / str(k), *[scratch / f"{k}" / f"declaration-{i}.docx" for i in range(half)],
    ])
    assert len(list((scratch / "pdf").rglob("*.pdf"))) == half * PROCESSES
    seconds["docxtpl and LibreOffice"] = filled + turned
    return seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=60)
    half = parser.parse_args().count // PROCESSES
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="declarations-") as scratch:
        scratch = pathlib.Path(scratch)
        venv.create(scratch / "venv", with_pip=True)
        python = scratch / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
        (scratch / "set_typst.py").write_text(TYPST, encoding="utf-8")
        (scratch / "fill_docx.py").write_text(DOCX, encoding="utf-8")
        for family, title in [(True, "one maker's models"), (False, "every row another")]:
            seconds = measure(scratch, python, family, half)
            for name, total in seconds.items():
                print(f"{title:<20}{name:<26}{half * PROCESSES / total:8.1f} declarations a second {total / seconds['clspack']:8.1f} x", flush=True)


if __name__ == "__main__":
    main()
