#!/usr/bin/env python3
"""diff.filter_lines: expressions made from the shared tables, judged beside the installed libpcap.

    filter_lines.py PROGRAM TABLES            a sample of each kind
    filter_lines.py PROGRAM TABLES KIND SEED COUNT

PROGRAM is filter_verdicts, which reads the lines. Kinds:

    words    every word on every link type
    protos   every protocol with every use, on every link type
    quals    protocol, direction, type and id put together at random
    cross    expressions of the tables on other link types than their own
    soup     words and signs in any order
    mut      expressions of the tables with words lost, doubled, swapped or changed
    chars    the same with characters
    comb     expressions of the tables joined with and, or, not
"""
import random
import re
import subprocess
import sys

SIGNS = "( ) [ ] = != < > <= >= + - * / & | ^ % << >> : and or not ! && ||".split()
DIRECTIONS = ["src", "dst", "src or dst", "src and dst", "dst or src", "dst and src", "ra", "ta",
              "addr1", "addr2", "addr3", "addr4", "address1", "address4"]
TYPES = ["host", "net", "port", "portrange", "proto", "protochain", "gateway"]
IDS = ["1.2.3.4", "10.0.0.0/8", "10.1", "10.1.2", "1.2.3.0 mask 255.255.255.0", "::1", "fe80::/10",
       "2001:db8::1/128", "00:11:22:33:44:55", "0011.2233.4455", "$0a", "$a", "5", "80", "6", "17",
       "300", "70000", "0x800", "0", "\\tcp", "\\ip", "\\arp", "\\udp", "\\icmp", "http", "domain",
       "80-90", "http-https", "90-80", "1.1", "63.1023", "1.2.3.4/24", "::1/64", "foo-bar-baz",
       "4294967295", "4294967296", "010", "08", "1500", "1501", "255", "256"]
USES = ["", "[0] = 1", "[0:2] = 1", "[4:4] & 3 != 0", " host 1.2.3.4", " net 10.0.0.0/8", " port 80",
        " proto 6", " src 1.2.3.4", " broadcast", " multicast", " host 1.1", " host 00:11:22:33:44:55",
        " host $0a", " host ::1"]

# What libpcap 1.10.3 does otherwise than its development branch, which counts.
OLDER_WORDS = re.compile(r"\b(l1|l2|iih|lsp|snp|csnp|psnp|geneve|vxlan|inbound|outbound|ifindex|decnet)\b"
                         r"|\b(bar|ba)\b|\b(isis|is-is) proto|\bip multicast|\bbyte \w+ ?[&|]"
                         r"|\b(vpi|vci|h?sls|h?[do]pc|h?sio) ?!="
                         r"|\bproto (\d{3,}|0x)|\bv[pc]i\b.*\d{3,}")
OLDER_LINKS = {"DSA_TAG_DSA", "DSA_TAG_BRCM", "BACNET_MS_TP", "ARCNET", "ARCNET_LINUX"}
# Rows of docs/differences.md.
OURS_WORDS = re.compile(r"\bprotochain\b|\blane\b|\bportrange \S*-\d+[a-z]")
OURS_ON = [("LINUX_SLL2", r"\b(aarp|atalk|clnp|es-is|esis|ipx|is-is|isis|iso|netbeui|stp|proto)\b"),
           ("IEEE802_11|PPI|PRISM", r"\]|\bpppoes\b"), ("ATM_|FDDI|IEEE802|IP_OVER|SUNATM", r"\bpppoes\b"),
           ("PPI", r"\b(type|subtype|dir|direction)\b")]


def is_comparable(link, text):
    if link in OLDER_LINKS or OLDER_WORDS.search(text) or OURS_WORDS.search(text):
        return False
    return not any(re.match(l, link) and re.search(t, text) for l, t in OURS_ON)


def table(directory, name):
    with open("%s/%s" % (directory, name), encoding="latin1") as f:
        head = f.readline().rstrip("\n").split("\t")
        return [dict(zip(head, line.rstrip("\n").split("\t"))) for line in f]


class Maker:
    def __init__(self, directory, seed):
        keywords = table(directory, "keywords.tsv")
        links = table(directory, "linktypes.tsv")
        spelt = [[r["word"]] + r["aliases"].split() for r in keywords]
        self.random = random.Random(seed)
        self.words = sorted({w for ws in spelt for w in ws})
        self.protos = [w for r, ws in zip(keywords, spelt) if r["kind"] == "protocol" for w in ws]
        self.links = [r["name"] for r in links if int(r["dlt"]) < 290]
        self.rich = [r["name"] for r in links if r["features"]]
        self.rows = [(r["dlt"], r["expr"].replace("\\\\", "\\")) for name in ("accept.tsv", "real.tsv")
                     for r in table(directory, name)
                     if r["mode"] == "file" and not r["needs"] and r["expr"].strip()
                     and "\\x" not in r["expr"]]

    def any_link(self):
        return self.random.choice(["EN10MB"] * len(self.rich) + self.rich)

    def words_(self, _):
        return [(l, w) for l in self.links for w in self.words]

    def protos_(self, _):
        return [(l, p + u) for l in self.links for p in self.protos for u in USES]

    def quals_(self, count):
        choose = self.random.choice
        for _ in range(count):
            parts = (choose([""] * 6 + self.protos), choose([""] * 6 + DIRECTIONS),
                     choose(["", ""] + TYPES), choose(IDS))
            yield self.any_link(), " ".join(p for p in parts if p)

    def cross_(self, count):
        for _ in range(count):
            yield self.random.choice(self.rich), self.random.choice(self.rows)[1]

    def soup_(self, count):
        for _ in range(count):
            tokens = self.words + SIGNS * 3 + IDS
            picked = [self.random.choice(tokens) for _ in range(self.random.randint(1, 7))]
            yield self.any_link(), " ".join(picked)

    def change(self, items, others):
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            if not items:
                return
            i, j = self.random.randrange(len(items)), self.random.randrange(len(items))
            how = self.random.randrange(5)
            if how == 0:
                del items[i]
            elif how == 1:
                items.insert(i, self.random.choice(others))
            elif how == 2:
                items[i] = self.random.choice(others)
            elif how == 3:
                items.insert(i, items[j])
            else:
                items[i], items[j] = items[j], items[i]

    def mut_(self, count):
        for _ in range(count):
            link, text = self.random.choice(self.rows)
            items = re.findall(r"\\?[\w.:$/-]+|[<>=!]=|<<|>>|&&|\|\||\S", text)
            self.change(items, self.words + SIGNS + IDS)
            yield link, " ".join(items)

    def chars_(self, count):
        for _ in range(count):
            link, text = self.random.choice(self.rows)
            items = list(text)
            self.change(items, "abcdefghijklmnopqrstuvwxyz0123456789.:-_/\\()[]=<>!&|+*^% $#@~'\"?,;{}")
            yield link, "".join(items)

    def comb_(self, count):
        for _ in range(count):
            link = self.random.choice(self.rows)[0]
            own = [t for l, t in self.rows if l == link]
            parts = ["%s(%s)" % (self.random.choice(["", "", "not "]), self.random.choice(own))
                     for _ in range(self.random.randint(2, 4))]
            words = [self.random.choice([" and ", " or "]) for _ in parts[1:]] + [""]
            yield link, "".join(p + w for p, w in zip(parts, words))

    def lines(self, kind, count):
        for link, text in getattr(self, kind + "_")(count):
            if is_comparable(link, text) and not re.search(r"[\n\t\0]", text):
                yield "%s\t%s\n" % (link, text)


def main():
    program, directory = sys.argv[1:3]
    try:
        table(directory, "keywords.tsv")
    except OSError as e:
        print("no tables:", e)
        return 77
    jobs = [(k, 1, 1500) for k in ("words", "protos", "quals", "cross", "soup", "mut", "chars", "comb")]
    if len(sys.argv) == 6:
        jobs = [(sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))]
    failed = False
    for kind, seed, count in jobs:
        lines = list(Maker(directory, seed).lines(kind, count))
        if len(sys.argv) != 6 and len(lines) > count:
            lines = random.Random(seed).sample(lines, count)
        print("%s:" % kind, flush=True)
        p = subprocess.run([program, "-i"], input="".join(lines).encode("latin1"))
        failed = failed or p.returncode != 0
    return failed


sys.exit(main())
