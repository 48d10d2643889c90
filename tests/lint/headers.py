#!/usr/bin/env python3
"""lint.headers: every header of src compiles alone, without warnings.    headers.py ROOT CC"""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import common

FLAGS = ["-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", "-Isrc"]


def find(root, cc):
    headers = [n for n in common.tree(root) if n.startswith("src/") and n.endswith(".h")]

    def compile_alone(name):
        # Through an including file, as a header itself would be blamed for its unused static functions.
        p = subprocess.run([cc, *FLAGS, "-x", "c", "-"], input=b'#include "%s"\n' % name[4:].encode(),
                           cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if p.returncode == 0:
            return []
        return ["%s: does not compile alone\n%s" % (name, p.stdout.decode().rstrip())]

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return [f for found in pool.map(compile_alone, headers) for f in found]


if __name__ == "__main__":
    sys.exit(common.report(find(os.path.abspath(sys.argv[1]), sys.argv[2])))
