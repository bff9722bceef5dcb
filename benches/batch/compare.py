"""How many declarations a second: this program, typst, and docxtpl with LibreOffice.

python3 benches/batch/compare.py [--count 60]

The document is that of benches/documents: six pages, a table of 70 rows, in each document another number.
This program and typst set all documents in one process on one core. docxtpl fills a template with the same
rows, and LibreOffice turns all of them into PDF in one call, which is the fastest way that it has.
"""

import argparse
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


def timed(*command):
    start = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def ours(scratch, count):
    found = subprocess.run(["cargo", "bench", "--bench", "documents", "--no-run"], cwd=ROOT, capture_output=True, text=True, check=True)
    program = ROOT / found.stderr.rsplit("(", 1)[1].split(")")[0]
    (scratch / "document.html").write_text(document.html(70), encoding="utf-8")
    return timed(program, "warm", scratch / "document.html", count)


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
        import json
        (scratch / "rows.json").write_text(json.dumps([[str(cell) for cell in row] for row in document.rows(70)], ensure_ascii=False), encoding="utf-8")
        seconds = {"clspack": ours(scratch, count)}
        (scratch / "typst.py").rename(scratch / "set_typst.py")
        (scratch / "docx.py").rename(scratch / "fill_docx.py")
        seconds["typst"] = timed(python, scratch / "set_typst.py", scratch / "document.typ", ROOT / "templates" / "fonts", count)
        filled = timed(python, scratch / "fill_docx.py", scratch, count)
        files = [scratch / f"declaration-{i}.docx" for i in range(count)]
        turned = timed("soffice", "--headless", "--convert-to", "pdf", "--outdir", scratch / "pdf", *files)
        assert len(list((scratch / "pdf").glob("*.pdf"))) == count
        seconds["docxtpl and LibreOffice"] = filled + turned
    for name, total in seconds.items():
        print(f"{name:<26}{count / total:8.1f} declarations a second {total / seconds['clspack']:8.1f} x")


if __name__ == "__main__":
    main()
