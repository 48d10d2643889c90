#!/usr/bin/env python3
"""lint.selftest: each lint passes a good tree and fails each bad sample.    selftest.py ROOT CC NM AR"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import binary
import common
import format
import headers
import layers
import manual
import purity
import version
import view
import words

ROOT, CC, NM, AR, READELF = sys.argv[1:6]
GOOD = {
    "src/base/view.h": "struct view { const char *p_; };\n",
    "src/lexer/token.h": '#include "base/view.h"\n#include <stdint.h>\nuint8_t lex(struct view v);\n',
    "src/cli/main.c": '#include <stdio.h>\n#include "lexer/token.h"\n',
    "src/print/names.h": '#include "names/resolver.h"\n',
    "src/names/resolver.h": "struct resolver;\n",
    "src/names/builtin.h": "struct builtin;\n",
    "src/names/system.c": "#include <unistd.h>\n",
}
SOURCES = [
    (layers, "src/base/up.c", '#include "lexer/token.h"\n'),
    (layers, "src/print/side.c", '#include "bpf/insn.h"\n'),
    (layers, "src/print/past.c", '#include "names/builtin.h"\n'),
    (layers, "src/bpf/libc.c", "#include <string.h>\n"),
    (layers, "src/names/cache.c", "#include <unistd.h>\n"),
    (layers, "src/lexer/relative.c", '#include "token.h"\n'),
    (layers, "src/unknown/a.c", "int a;\n"),
    (view, "src/print/peek.c", "int f(struct view v) { return v.p_[0]; }\n"),
    (view, "tests/unit/peek.c", "int f(struct view *v) { return *v->p_; }\n"),
    (headers, "src/base/alone.h", "uint8_t needs_stdint(void);\n"),
    (format, "src/base/a.c", "int\ta;\n"),
    (format, "src/base/b.c", "int b; \n"),
    (format, "src/base/c.c", "int c;"),
    (format, "src/base/d.c", "int d;\n\n"),
    (format, "src/base/e.c", "/* %s */\n" % ("e" * 110)),
    (format, "quickstart", "echo x\r\n"),
    (words, "docs/a.md", "see /%s/main/notes\n" % "work"),
    (words, "tests/a.py", "open('/%s/me/x')\n" % "home"),
    (words, "docs/b.md", "from https://%s.org/simple\n" % "pypi"),
    (words, "check", "echo deb http://deb.%s.org/ stable\n" % "debian"),
]
ARCHIVES = [  # module, source, what must be found
    ("base", "void *memcpy(void *, const void *, unsigned long);"
             "void *base_f(void *a, void *b) { return memcpy(a, b, 99); }", None),
    ("lexer", "void *base_f(void *, void *); void *lex_f(void *a) { return base_f(a, a); }", None),
    ("base", "int puts(const char *); int base_f(void) { return puts(\"x\"); }", "base: wants puts"),
    ("base", "void lex_f(void); void base_f(void) { lex_f(); }", "base: wants lex_f"),
    ("print", "void bpf_f(void); void print_f(void) { bpf_f(); }", "print: wants bpf_f"),
]
EXECUTABLES = [  # how to link a program that lint.binary must not accept, what it must say
    (["-no-pie"], "not position independent"),
    ([], "wants libraries"),
    (["-Wl,-z,norelro"], "relocations stay writable"),
    (["-Wl,-z,lazy"], "relocations stay writable"),
    (["-Wl,-z,execstack"], "the stack is executable"),
    ([], "not stripped"),
]
MANUALS = [  # a file, what is taken out or put in, what must be found
    ("man/snifter.1", ".It Fl c Ar count\n", "", "-c is missing"),
    ("man/snifter.1", ".It Fl c Ar count\n", ".It Fl c Ar count\n.It Fl o\n", "there is no option -o"),
    ("man/snifter-filter.7", "pppoed", "pppoe", "the word pppoed is missing"),
    ("src/cli/options.def", "OPTION(", "ROW(", "the options were not found"),
]
wrong = []


def expect(what, ok):
    if not ok:
        wrong.append(what)


def write(root, name, content):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", newline="") as f:
        f.write(content)
    return path


def run(lint, root):
    return lint.find(root, CC) if lint is headers else lint.find(root)


def archive(build, module, source):
    path = os.path.join(build, "src", module)
    os.makedirs(path, exist_ok=True)
    write(path, "x.c", source + "\n")
    library = os.path.join(path, "libsnifter_%s.a" % module)
    if os.path.exists(library):
        os.remove(library)
    subprocess.run([CC, "-c", "-fno-stack-protector", "-o", "x.o", "x.c"], cwd=path, check=True)
    subprocess.run([AR, "rc", library, "x.o"], cwd=path, check=True)


def good_tree(root):
    write(root, "docs/design.md", common.text(ROOT, "docs/design.md"))
    for name, content in GOOD.items():
        write(root, name, content)


with tempfile.TemporaryDirectory() as top:
    good = os.path.join(top, "good")
    good_tree(good)
    for lint in (layers, view, headers, format, words):
        found = [f for f in run(lint, good) if "docs/design.md" not in f]
        expect("%s: good tree: %s" % (lint.__name__, found), not found)
    for number, (lint, name, content) in enumerate(SOURCES):
        bad = os.path.join(top, "bad%d" % number)
        good_tree(bad)
        write(bad, name, content)
        expect("%s: bad sample %s not found" % (lint.__name__, name), any(name in f for f in run(lint, bad)))
    for number, (module, source, finding) in enumerate(ARCHIVES):
        build = os.path.join(top, "build%d" % number)
        for m in common.floors(ROOT):
            archive(build, m, "void %s_f(void) {}" % m.replace("lexer", "lex"))
        archive(build, module, source)
        found = purity.find(ROOT, build, NM, [])
        expect("purity: %s: %s" % (source, found), found == ([finding] if finding else []))
    for flags, finding in EXECUTABLES:
        path = write(top, "main.c", "int main(void) { return 0; }\n")
        subprocess.run([CC, "-o", path + ".out", path, *flags], check=True)
        found = binary.find(path + ".out", READELF)
        expect("binary: %s: %s" % (flags, finding), any(finding in f for f in found))
    for name, old, new, finding in MANUALS:
        for n in (*manual.PAGES, "src/cli/options.def", "src/lexer/keywords.def"):
            write(top, n, common.text(ROOT, n))
        expect("manual: the tree", not [*manual.options(top), *manual.keywords(top)])
        write(top, name, common.text(ROOT, name).replace(old, new))
        found = [*manual.options(top), *manual.keywords(top)]
        expect("manual: %s: %s" % (found, finding), any(finding in f for f in found))
    for name, pattern in version.PLACES:
        for n in ("CMakeLists.txt", *(place for place, _ in version.PLACES)):
            write(top, n, common.text(ROOT, n))
        expect("version: the tree", not list(version.find(top)))
        m = re.search(pattern, common.text(ROOT, name), re.M)
        write(top, name, m.string[:m.start(1)] + "older" + m.string[m.end(1):])
        expect("version: %s" % name, any(name in f for f in version.find(top)))
    shutil.rmtree(os.path.join(top, "build0", "src", "bpf"))
    expect("purity: a missing archive", purity.find(ROOT, os.path.join(top, "build0"), NM, []) != [])

for w in wrong:
    print(w)
samples = SOURCES + ARCHIVES + EXECUTABLES + MANUALS + version.PLACES
print("%d samples, %d wrong" % (len(samples) + 6, len(wrong)))
sys.exit(1 if wrong else 0)
