#!/usr/bin/env python3
"""lint.purity: the archives of the pure modules need nothing but five functions and the floors below them.

  purity.py ROOT BUILD NM [PATTERN...]

PATTERN (as for a shell) names what the build's instrumentation adds to every object, for example __asan_*.
"""
import fnmatch
import os
import subprocess
import sys

import common

# What compilers refer to by themselves: position-independent code, division of wide numbers on 32 bits.
FROM_COMPILER = ["_GLOBAL_OFFSET_TABLE_", "_gp_disp", "__aeabi_*", "__*di3"]


def symbols(nm, archive):
    """The global symbols that an archive defines, and those that it wants from elsewhere."""
    out = subprocess.run([nm, "-g", archive], check=True, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL).stdout
    defined, wanted = set(), set()
    for line in out.decode().splitlines():
        fields = line.split()
        if len(fields) == 3:
            defined.add(fields[2])
        elif len(fields) == 2 and fields[0] in "Uwv":
            wanted.add(fields[1])
    return defined, wanted - defined


def find(root, build, nm, patterns):
    table = common.floors(root)
    pure = [m for m in table if m not in common.IMPURE_MODULES]
    defined, wanted, findings = {}, {}, []
    for module in pure:
        archive = os.path.join(build, "src", module, "libsnifter_%s.a" % module)
        if not os.path.exists(archive):
            findings.append("%s: archive not found" % archive)
            continue
        defined[module], wanted[module] = symbols(nm, archive)
    for module in sorted(wanted):
        _, modules, headers = table[module]
        below = modules | {h.split("/")[0] for h in headers}
        offered = set().union(common.PURE_FUNCTIONS, *(defined.get(b, set()) for b in below))
        for s in sorted(wanted[module] - offered):
            if not any(fnmatch.fnmatchcase(s, p) for p in FROM_COMPILER + patterns):
                findings.append("%s: wants %s" % (module, s))
    return findings


if __name__ == "__main__":
    sys.exit(common.report(find(os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])))
