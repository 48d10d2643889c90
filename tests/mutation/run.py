#!/usr/bin/env python3
"""Do the tests notice? Change the program in one place, and see them fail.

  run.py [FIRST [LAST]]

Takes each change of mutants.txt (or those from FIRST to LAST, counted from 1) into a copy of the tree,
builds it and runs the tests of the module that was changed, the quick ones first, until one fails. A
change that no test notices is printed with its text; then the score. This is no test of ./check: it takes
some ten seconds a change.
"""
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
# By folder below src: the tests that are to notice, as regular expressions for ctest.
TESTS = {
    "base": ["unit", "golden.(ip|tcp|dns|icmp)$", "golden"],
    "bpf": ["unit.bpf|prop.bpf", "diff.bpf|fuzz.(filter|vm|differential)", "prop.plain|diff.filter"],
    "lexer": ["unit.(lexer|parser)", "diff.filter"],
    "names": ["unit.names|fuzz.names"],
    "pcapfile": ["unit.pcapfile|prop.pcapfile", "fuzz.(pcapfile|gzip)|diff.(savefile|copies)"],
    "print": ["unit.print", "golden", "fuzz.print"],
    "cli": ["unit.cli", "prop.output|diff.cli"],
}


def mutants():
    with open(os.path.join(ROOT, "tests", "mutation", "mutants.txt"), encoding="utf-8") as f:
        blocks = [b.split("\n") for b in f.read().strip().split("\n\n")[1:]]
    return [(path, before[1:], after[1:]) for path, before, after in blocks]


def run(command, tree):
    return subprocess.run(command, cwd=tree, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)


def noticed_by(tree, module):
    """The first test that fails, None when all pass."""
    for tests in TESTS[module]:
        p = run(["ctest", "--preset", "debug", "--stop-on-failure", "-j", "2", "-R", "^(%s)" % tests], tree)
        if p.returncode != 0:
            failed = [line for line in p.stdout.decode().split("\n") if "***" in line]
            return failed[0].split(":")[1].split()[0] if failed else "?"
    return None


def try_mutant(tree, path, before, after):
    """Which test notices; "the compiler" when there is nothing to run, None when nobody does."""
    name = os.path.join(tree, path)
    with open(name, encoding="utf-8") as f:
        text = f.read()
    if text.count(before) != 1:
        sys.exit("%s: is there %d times: %s" % (path, text.count(before), before))
    with open(name, "w", encoding="utf-8") as f:
        f.write(text.replace(before, after))
    built = run(["cmake", "--build", "--preset", "debug", "-j", "2"], tree).returncode == 0
    found = noticed_by(tree, path.split("/")[1]) if built else "the compiler"
    with open(name, "w", encoding="utf-8") as f:
        f.write(text)
    return found


def main():
    all_of_them = mutants()
    first, last = (int(a) for a in (sys.argv[1:] + ["1", str(len(all_of_them))][len(sys.argv) - 1:]))
    with tempfile.TemporaryDirectory() as scratch:
        tree = os.path.join(os.environ.get("SNIFTER_MUTATION_TREE", scratch), "tree")
        if not os.path.exists(tree):
            shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns("build", ".git"))
            run(["cmake", "--preset", "debug", "-DSNIFTER_WERROR=OFF"], tree)
        run(["cmake", "--build", "--preset", "debug", "-j", "2"], tree)
        survivors = 0
        for number, (path, before, after) in enumerate(all_of_them[first - 1:last], first):
            found = try_mutant(tree, path, before, after)
            print("%d %s: %s" % (number, path, "noticed by " + found if found else "NOT NOTICED"), flush=True)
            if not found:
                survivors += 1
                print("  - %s\n  + %s" % (before.strip(), after.strip()), flush=True)
        print("%d of %d noticed" % (last - first + 1 - survivors, last - first + 1))
    return survivors > 0


if __name__ == "__main__":
    sys.exit(main())
