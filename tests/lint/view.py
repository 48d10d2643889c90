#!/usr/bin/env python3
"""lint.view: the pointer of a view, member p_, is touched in src/base/view.h only, behind its checks."""
import re

import common

HOME = "src/base/view.h"


def find(root):
    findings = []
    for name in common.tree(root):
        if not name.endswith((".c", ".h", ".def")) or name == HOME:
            continue
        code = common.without_comments(common.text(root, name))
        for m in re.finditer(r"\bp_\b", code):
            findings.append("%s:%d: p_ belongs to %s" % (name, code.count("\n", 0, m.start()) + 1, HOME))
    return findings


if __name__ == "__main__":
    common.main(find)
