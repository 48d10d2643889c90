#!/usr/bin/env python3
"""lint.binary: the released executable is static, position independent, hardened, stripped and small.

  binary.py FILE READELF
"""
import os
import subprocess
import sys

import common

BUDGET_BYTES = 2 * 1024 * 1024


def readelf(tool, option, path):
    return subprocess.run([tool, "-W", option, path], check=True, stdout=subprocess.PIPE).stdout.decode()


def find(path, tool):
    header, segments = readelf(tool, "-h", path), readelf(tool, "-l", path)
    dynamic, symbols = readelf(tool, "-d", path), readelf(tool, "-s", path)
    kinds = [line.split() for line in segments.splitlines() if line.startswith("  ")]
    size = os.path.getsize(path)
    stacks = [k for k in kinds if k and k[0] == "GNU_STACK"]
    wrong = {
        "not position independent": "DYN" not in header or "PIE" not in dynamic,
        "not static: wants an interpreter": "INTERP" in segments,
        "not static: wants libraries": "(NEEDED)" in dynamic,
        "relocations stay writable": "GNU_RELRO" not in segments or "NOW" not in dynamic,
        "the stack is executable": not stacks or "E" in stacks[0][-2],
        "a segment is writable and executable": any(k and k[0] == "LOAD" and "RWE" in k for k in kinds),
        "text relocations": "TEXTREL" in dynamic,
        "not stripped": ".symtab" in symbols,
        "%d bytes, over the budget of %d" % (size, BUDGET_BYTES): size > BUDGET_BYTES,
    }
    return ["%s: %s" % (path, what) for what, is_so in wrong.items() if is_so]


if __name__ == "__main__":
    sys.exit(common.report(find(sys.argv[1], sys.argv[2])))
