#!/usr/bin/env python3
"""lint.words: no path of somebody's machine and no host of a package registry stands anywhere in the tree."""
import re

import common

PATHS = re.compile(r"(?<![\w.$}*-])/(work|root|home|Users)/")
HOSTS = re.compile(r"\b(pypi|(files\.)?pythonhosted|npmjs|rubygems|crates|proxy\.golang|repo\d?\.maven"
                   r"|dl-cdn\.alpinelinux|(deb|security|snapshot|ftp\.\w+)\.debian"
                   r"|(archive|ports|security)\.ubuntu|mirrors?\.[\w-]+)"
                   r"\.(org|io|com|net)\b")
# Captured bytes and what the reference tool prints of them may hold anything.
DATA = ("tests/data/", "tests/golden/", "fuzz/corpus/", "fuzz/dict/")


def find(root):
    findings = []
    for name in common.tree(root):
        if name.startswith(DATA):
            continue
        try:
            content = common.text(root, name)
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(content.split("\n"), 1):
            for m in (PATHS.search(line), HOSTS.search(line)):
                if m:
                    findings.append("%s:%d: %s" % (name, number, m.group(0)))
    return findings


if __name__ == "__main__":
    common.main(find)
