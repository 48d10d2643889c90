#!/usr/bin/env python3
"""lint.format: no tabs, no trailing blanks, no long lines, no carriage returns, one newline at the end."""
import os

import common

LONGEST = 110
SUFFIXES = (".c", ".h", ".def", ".py", ".sh", ".cmake", ".in", ".json", ".md", ".test")
NAMES = ("CMakeLists.txt", "quickstart", "check", "run", "LICENSE", ".gitignore")
# Text that is wide by nature: tables in documents, rows of data.
WIDE = (".md", ".json", ".def", ".test")
DATA = ("tests/data/", "tests/golden/", "fuzz/corpus/", "fuzz/dict/")
# Recipes that other build systems read, in their own style.
FOREIGN = ("packaging/alpine/", "packaging/openwrt/", "packaging/buildroot/")


def is_ours(name):
    if name.startswith(DATA + FOREIGN):
        return False
    base = os.path.basename(name)
    return name.endswith(SUFFIXES) or base in NAMES


def find(root):
    findings = []
    for name in filter(is_ours, common.tree(root)):
        content = common.text(root, name)
        if not content.endswith("\n") or content.endswith("\n\n"):
            findings.append("%s: must end with one newline" % name)
        for number, line in enumerate(content.split("\n"), 1):
            if "\t" in line:
                findings.append("%s:%d: tab" % (name, number))
            if line != line.rstrip():
                findings.append("%s:%d: trailing blank" % (name, number))
            if len(line) > LONGEST and not name.endswith(WIDE):
                findings.append("%s:%d: %d columns, at most %d" % (name, number, len(line), LONGEST))
    return findings


if __name__ == "__main__":
    common.main(find)
