"""How many declarations a second: this program, typst, and docxtpl with LibreOffice.

python3 benches/batch/compare.py [--count 60]

The document is that of benches/documents: six pages, a table of 70 rows, in each document another number.
Each is given both cores: two processes, each with half of the documents. docxtpl fills a template with the
same rows, and LibreOffice turns all of a process's documents into PDF in one call, which is the fastest way
that it has.
"""

import argparse
import json
import pathlib
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
rows = json.load(open(folder + "/rows.json", encoding="utf-8"))
made = Document()
made.add_heading("Declaration of Conformity {{ number }}", 1)
table = made.add_table(rows=4, cols=len(rows[0]))
table.style = "Table Grid"
table.rows[1].cells[0].text = "{%tr for row in rows %}"
table.rows[3].cells[0].text = "{%tr endfor %}"
for i in range(len(rows[0])):
    table.rows[0].cells[i].text = "Column %d" % (i + 1)
    table.rows[2].cells[i].text = "{{ row[%d] }}" % i
made.add_paragraph("Signature")
made.save(folder + "/template.docx")
for i in range(count):
    filled = DocxTemplate(folder + "/template.docx")
    filled.render({"number": 100000 + i, "rows": rows}, autoescape=True)
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=60)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory(prefix="declarations-") as scratch:
        scratch = pathlib.Path(scratch)
        venv.create(scratch / "venv", with_pip=True)
        python = scratch / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
        (scratch / "typst.py").write_text(TYPST, encoding="utf-8")
        (scratch / "docx.py").write_text(DOCX, encoding="utf-8")
        (scratch / "document.typ").write_text(document.typ(70), encoding="utf-8")
        (scratch / "rows.json").write_text(json.dumps([[str(cell) for cell in row] for row in document.rows(70)], ensure_ascii=False), encoding="utf-8")
        (scratch / "typst.py").rename(scratch / "set_typst.py")
        (scratch / "docx.py").rename(scratch / "fill_docx.py")
        (scratch / "document.html").write_text(document.html(70), encoding="utf-8")
        half = count // PROCESSES
        own = program()
        seconds = {"clspack": timed(lambda k: [own, "warm", scratch / "document.html", half])}
        fonts = ROOT / "templates" / "fonts"
        for k in range(PROCESSES):
            (scratch / f"{k}.typ").write_text(document.typ(70), encoding="utf-8")
            (scratch / f"{k}").mkdir()
            (scratch / f"{k}" / "rows.json").write_text((scratch / "rows.json").read_text(encoding="utf-8"), encoding="utf-8")
        seconds["typst"] = timed(lambda k: [python, scratch / "set_typst.py", scratch / f"{k}.typ", fonts, half])
        filled = timed(lambda k: [python, scratch / "fill_docx.py", scratch / f"{k}", half])
        office = ["soffice", "--headless", "--convert-to", "pdf"]
        turned = timed(lambda k: [
            *office[:1], f"-env:UserInstallation=file://{scratch}/profile{k}", *office[1:], "--outdir", scratch / "pdf" / str(k),
            *[scratch / f"{k}" / f"declaration-{i}.docx" for i in range(half)],
        ])
        assert len(list((scratch / "pdf").rglob("*.pdf"))) == half * PROCESSES
        seconds["docxtpl and LibreOffice"] = filled + turned
    for name, total in seconds.items():
        print(f"{name:<26}{half * PROCESSES / total:8.1f} declarations a second {total / seconds['clspack']:8.1f} x")


if __name__ == "__main__":
    main()
