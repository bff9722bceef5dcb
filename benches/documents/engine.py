"""One engine in one process: `engine.py ENGINE cold FOLDER OUT` or `engine.py ENGINE warm FOLDER COUNT`.

FOLDER holds `document.html`, `document.typ` and `fonts`, with `@NUMBER@` where the number goes. `warm`
prints the milliseconds that each document took.
"""

import pathlib
import sys
import time


def typst_engine(folder, standards):
    import typst

    source = (folder / "document.typ").read_text()
    compiler = typst.Compiler(font_paths=[str(folder / "fonts")], ignore_system_fonts=True)

    def once(number):
        text = source.replace("@NUMBER@", str(number))
        return compiler.compile(text.encode(), format="pdf", pdf_standards=standards)

    return once


def weasyprint_engine(folder, variant):
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    source = (folder / "document.html").read_text()
    fonts = FontConfiguration()

    def once(number):
        page = weasyprint.HTML(string=source.replace("@NUMBER@", str(number)))
        return page.write_pdf(font_config=fonts, pdf_variant=variant)

    return once


ENGINES = {
    "typst": lambda folder: typst_engine(folder, []),
    "typst-archival": lambda folder: typst_engine(folder, ["a-2a", "ua-1"]),
    "weasyprint": lambda folder: weasyprint_engine(folder, None),
    "weasyprint-tagged": lambda folder: weasyprint_engine(folder, "pdf/ua-1"),
    "python": lambda folder: lambda number: b"",
}


def main():
    name, mode, folder, last = sys.argv[1:]
    once = ENGINES[name](pathlib.Path(folder))
    if mode == "cold":
        pathlib.Path(last).write_bytes(once(0))
        return
    for number in range(int(last)):
        start = time.perf_counter()
        once(number)
        print((time.perf_counter() - start) * 1000)


main()
