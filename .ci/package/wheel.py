"""Writes a Python wheel that carries the program: wheel.py PROGRAM VERSION TAG OUT."""

import base64
import hashlib
import pathlib
import sys
import zipfile

program, version, tag, out = sys.argv[1:]
program = pathlib.Path(program)
info = f"clspack-{version}.dist-info"
metadata = f"""Metadata-Version: 2.1
Name: clspack
Version: {version}
Summary: Prepares applications for Singapore's cybersecurity label, CLS(IoT)
License: MIT OR Apache-2.0
"""
wheel = f"Wheel-Version: 1.0\nGenerator: clspack\nRoot-Is-Purelib: false\nTag: {tag}\n"
files = {
    f"clspack-{version}.data/scripts/{program.name}": program.read_bytes(),
    f"{info}/METADATA": metadata.encode(),
    f"{info}/WHEEL": wheel.encode(),
}


def line(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


record = "".join(line(name, data) for name, data in files.items())
files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
# Tags with several platforms are written one after the other, parted by points.
path = pathlib.Path(out) / f"clspack-{version}-{tag}.whl"
with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in files.items():
        entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        entry.external_attr = (0o755 if "/scripts/" in name else 0o644) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, data)
print(path)
