#!/usr/bin/env python3
"""lint.version: the version of CMakeLists.txt is that of the change log and of the recipes for packages.

  version.py ROOT
"""
import re
import sys

import common

PLACES = [
    ("CHANGELOG.md", r"^## (\S+)"),
    ("packaging/alpine/APKBUILD", r"^pkgver=(\S+)"),
    ("packaging/openwrt/Makefile", r"^PKG_VERSION:=(\S+)"),
    ("packaging/buildroot/snifter.mk", r"^SNIFTER_VERSION = (\S+)"),
]


def find(root):
    project = re.search(r"^project\(snifter VERSION (\S+)", common.text(root, "CMakeLists.txt"), re.M)
    version = project.group(1)
    for name, pattern in PLACES:
        m = re.search(pattern, common.text(root, name), re.M)
        if m is None or m.group(1) != version:
            yield "%s: the version is %s, not %s" % (name, version, m and m.group(1))


if __name__ == "__main__":
    sys.exit(common.report(list(find(sys.argv[1]))))
