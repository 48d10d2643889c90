#!/usr/bin/env python3
"""lint.analyzer: gcc's static analyzer finds nothing in the modules that read what strangers wrote.

  analyzer.py ROOT CC

Printers are left to the fuzzer and the sanitizers: they read through base/view.h alone, and take minutes.
"""
import glob
import os
import re
import subprocess
import sys

import common

MODULES = ("base", "lexer", "parser", "pcapfile", "names", "bpf", "capture")
SYSTEM = {"names", "capture"}  # these call the system, the others must not know it
FLAGS = ["-std=c11", "-D_FILE_OFFSET_BITS=64", "-Isrc", "-O1", "-fanalyzer", "-c", "-o", os.devnull]
FINDING = (r"^(src/[^:]+):(\d+):\d+: (?:warning|error): (.*?)"
           r"(?: \[(?:CWE-\d+\] \[)?(-W[\w-]+)\])?$")
# (file, warning): why it is none.
EXCEPTIONS = {
    ("src/pcapfile/pcapng_write.c", "-Wanalyzer-null-argument"):
        "put() copies only what fits, and into no memory (room 0) nothing fits",
    ("src/bpf/field.c", "-Wanalyzer-use-of-uninitialized-value"):
        "new_field() sets the pair of each field below the count",
    ("src/bpf/pass_merge.c", "-Wanalyzer-null-dereference"):
        "only tests of loads come to be compared",
    ("src/bpf/validate.c", "-Wanalyzer-null-dereference"):
        "the loop before has found a row for every instruction",
    ("src/bpf/vm.c", "-Wanalyzer-use-of-uninitialized-value"):
        "a valid program writes each cell before it reads it",
    ("src/capture/merge.c", "-Wanalyzer-malloc-leak"):
        "the caller gets the first member, which source_close() turns back into the whole",
    ("src/capture/source_file.c", "-Wanalyzer-malloc-leak"):
        "the caller gets the first member, which source_close() turns back into the whole",
}


def analyze(root, cc, module, name):
    system = ["-D_GNU_SOURCE"] if module in SYSTEM else []
    p = subprocess.run([cc, *FLAGS, *system, name], cwd=root, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, env=dict(os.environ, LC_ALL="C"))
    text = p.stdout.decode("utf-8", "replace")
    found = re.findall(FINDING, text, re.M)
    left, used = common.left_over(found, EXCEPTIONS)
    if p.returncode != 0 and not found:
        left.append("%s: does not compile: %s" % (name, text))
    return left, used


def find(root, cc):
    findings, used = [], set()
    for module in MODULES:
        for path in sorted(glob.glob(os.path.join(root, "src", module, "*.c"))):
            left, exceptions = analyze(root, cc, module, os.path.relpath(path, root))
            findings += left
            used |= exceptions
    return findings + ["%s %s: an exception that nothing needs" % e for e in EXCEPTIONS if e not in used]


if __name__ == "__main__":
    compiler = sys.argv[2]
    version = subprocess.run([compiler, "-dumpfullversion"], stdout=subprocess.PIPE)
    # What it finds differs from release to release; this one is known.
    if not version.stdout.startswith(b"12."):
        print("skipped: the exceptions are those of gcc 12")
        sys.exit(77)
    sys.exit(common.report(find(os.path.abspath(sys.argv[1]), compiler)))
