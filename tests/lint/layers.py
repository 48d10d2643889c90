#!/usr/bin/env python3
"""lint.layers: every #include under src goes downwards, as the table of floors in docs/design.md says."""
import re

import common

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def find(root):
    table = common.floors(root)
    findings = []
    files = [n for n in common.tree(root) if n.startswith("src/") and n.endswith((".c", ".h", ".def"))]
    for name in files:
        parts = name.split("/")
        module = parts[1] if len(parts) > 2 else ""
        if module not in table:
            findings.append("%s: no row for this module in docs/design.md, section 2" % name)
            continue
        pure = module not in common.IMPURE_MODULES and not common.IMPURE_FILES.match(name)
        floor, modules, headers = table[module]
        source = common.text(root, name)
        for m in INCLUDE.finditer(source):
            where = "%s:%d" % (name, source.count("\n", 0, m.start()) + 1)
            kind, target = m.groups()
            if kind == "<":
                if pure and target not in common.PURE_HEADERS:
                    findings.append("%s: <%s> in a pure module" % (where, target))
                continue
            if "src/" + target not in files:
                findings.append('%s: "%s" is not a file of src/ (write paths from src/)' % (where, target))
                continue
            other = target.split("/")[0]
            if other == module:
                if pure and common.IMPURE_FILES.match("src/" + target):
                    findings.append('%s: a pure file includes "%s"' % (where, target))
            elif target not in headers and (other not in modules or table[other][0] >= floor):
                findings.append('%s: %s (floor %d) may not include "%s" (floor %d)'
                                % (where, module, floor, target, table[other][0]))
    return findings


if __name__ == "__main__":
    common.main(find)
