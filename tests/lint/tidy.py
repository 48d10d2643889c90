#!/usr/bin/env python3
"""lint.tidy.MODULE: clang-tidy, with the checks of .clang-tidy, finds nothing in a module.

  tidy.py ROOT MODULE
"""
import glob
import os
import re
import shutil
import subprocess
import sys

import common

SYSTEM = {"names", "capture"}  # these call the system, the others must not know it
FLAGS = ["-std=c11", "-D_FILE_OFFSET_BITS=64", "-Isrc"]
# (file, check): why it is none.
EXCEPTIONS = {
    ("src/parser/arith.c", "misc-redundant-expression"):
        "the first index of a table is 0 by its name",
}


def find(root, module):
    files = [os.path.relpath(p, root) for p in sorted(glob.glob(os.path.join(root, "src", module, "*.c")))]
    system = ["-D_GNU_SOURCE"] if module in SYSTEM else []
    p = subprocess.run(["clang-tidy", "--quiet", *files, "--", *FLAGS, *system], cwd=root,
                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = re.findall(r"^(?:%s/)?(src/[^:]+):(\d+):\d+: (?:warning|error): (.*) \[([\w.-]+)(?:,[^\]]*)?\]$"
                       % re.escape(root), p.stdout.decode("utf-8", "replace"), re.M)
    findings, used = common.left_over(sorted(set(found)), EXCEPTIONS)
    if p.returncode != 0 and not found:
        findings.append("clang-tidy failed: " + p.stdout.decode()[-500:])
    needed = {e for e in EXCEPTIONS if e[0].startswith("src/%s/" % module)}
    return findings + ["%s %s: an exception that nothing needs" % e for e in needed - used]


if __name__ == "__main__":
    if shutil.which("clang-tidy") is None:
        print("skipped: there is no clang-tidy")
        sys.exit(77)
    sys.exit(common.report(find(os.path.abspath(sys.argv[1]), sys.argv[2])))
