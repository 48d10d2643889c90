#!/usr/bin/env python3
"""prop.prove: proofs about filters, by z3, for every packet up to 262144 bytes.

    prove.py PROGRAM TABLES               a sample, as a test
    prove.py PROGRAM TABLES --count N     so many expressions of the tables, and as many mutants
    prove.py PROGRAM TABLES --rows FIRST COUNT
                                          a piece of all, in their order: real.tsv, accept.tsv, apply.tsv; all
                                          of them take an hour or two
    prove.py PROGRAM TABLES --one LINK EXPRESSION

For each expression:

  1. the optimised program passes the packets that the unoptimised one passes;
  2. where tcpdump is installed, ours passes the packets that libpcap's unoptimised program passes.

A packet on which the unoptimised program ends with a load behind the capture does not count: there the
other may do as it likes. Differences from libpcap that are meant are in exceptions.tsv, with the reason.

Then the prover itself is tried: one instruction or jump of a program is changed. When it says that the
change matters, it has to show a packet, and the machine on numbers must agree; when it says that it does
not, random packets must find nothing either.
"""
import os
import random
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness

try:
    import z3
except ImportError as e:
    harness.go_on_with_the_systems_python(e)

import machine

SECONDS = 20
SAMPLE = 40
# Of the plain dialect there is no reference; its programs are the longest, and the latter half takes long.
PLAIN = ["vlan 5 and ip", "not vlan and ip", "host 10.0.0.1", "tcp", "udp port 53", "tcp[13] & 2 != 0"]
# Lists are decided where their first member stands, and must not load what would have come later only.
LISTS = [
    ("LINUX_SLL2", "(%s) and rarp host 10.0.0.3 or 10.0.0.2" % " and ".join(
        "not net 10.%s" % n for n in ("0.4.0/22", "2.12.0/22", "1.4.0/22", "2.0.0/24", "0.8.0/24",
                                      "2.0.0/23", "0.12.0/23", "0.0.0/23", "0.0.0/24", "2.8.0/22"))),
    *(("EN10MB", first + "".join(" or %s%d" % (other, n) for n in range(9)))
      for first, other in (("src host 10.0.0.1 or link[0] = 1", "host 10.0.1."),
                           ("ether dst 2:0:0:0:0:1", "ether src 2:0:0:0:1:"),
                           ("net 2001:db8::/32 or link[0] = 1", "host 2001:db9::"))),
]
# Without a savefile the reference takes the address families in these headers to be this system's.
FAMILY_LINKS = {"NULL", "LOOP", "ENC", "PFLOG"}
SAME, DIFFERENT, UNKNOWN = "same", "different", "unknown"


def compile_with(words, link, expression):
    """The program, one that rejects when nothing can match, None when there is none or it has a loop."""
    p = subprocess.run([*words, "-y", link, "-ddd", "--", expression], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE)
    if p.returncode == 0:
        program = machine.read(p.stdout.decode())
        loops = any(code == 0x05 and k >= len(program) for code, _, _, k in program)
        return None if loops else program
    never = b"expression rejects all packets" in p.stderr
    return [(machine.RET, 0, 0, 0)] if never else None


def compare(loose, strict):
    """Whether `loose` passes what `strict` passes, unless that aborts. Also the packet that shows it."""
    packet = machine.Packet()
    accepts, _ = machine.verdict(loose, packet)
    wanted, aborts = machine.verdict(strict, packet)
    solver = z3.SolverFor("QF_UFBV")
    solver.set("timeout", SECONDS * 1000)
    solver.add(packet.assumptions())
    solver.add(z3.Not(aborts), accepts != wanted)
    answer = solver.check()
    if answer == z3.unsat:
        return SAME, None
    if answer == z3.unknown:
        return UNKNOWN, None
    shown = packet.witness(solver.model())
    got, (want, aborted) = machine.run(loose, *shown)[0], machine.run(strict, *shown)
    if got == want or aborted:
        raise AssertionError("a packet that shows nothing: %s of\n%s\n%s" % (shown_as(shown), loose, strict))
    return DIFFERENT, shown


def table(directory, name):
    """The rows of a table, as dictionaries by column."""
    path = os.path.join(directory, name)
    if not os.path.exists(path):
        return
    with open(path, encoding="latin1") as f:
        head = f.readline().rstrip("\n").split("\t")
        for line in f:
            yield dict(zip(head, line.rstrip("\n").split("\t")))


def file_linktypes(directory):
    """Names for -y of the link types of the savefiles."""
    names = {r["linktype"]: r["name"] for r in table(directory, "linktypes.tsv")}
    found = {}
    for name in os.listdir(os.path.join(directory, "savefiles")):
        with open(os.path.join(directory, "savefiles", name), "rb") as f:
            head = f.read(24)
        order = "little" if head[0] in (0xd4, 0x4d) else "big"
        found[name] = names.get(str(int.from_bytes(head[20:24], order) & 0xffff))
    return found


def rows(directory):
    """(link type, expression, options, whether libpcap takes it the same) of each row that needs no names."""
    links = file_linktypes(directory)
    for name in ("real.tsv", "accept.tsv", "apply.tsv"):
        for r in table(directory, name):
            link = r["dlt"] if "dlt" in r else links.get(r["savefile"])
            options = ["--netmask", r["netmask"]] if r.get("netmask") else []
            options += ["-s", r["snaplen"]] if r.get("snaplen") else []
            options += ["--live"] if r.get("mode") == "live" else []
            same = r.get("v1103", "same") == "same" and not (r.get("netmask") or r.get("mode") == "live")
            if link and not r["needs"] and "\\x" not in r["expr"]:
                yield link, r["expr"].replace("\\\\", "\\"), tuple(options), same


def exceptions():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exceptions.tsv")
    with open(path, encoding="ascii") as f:
        return {tuple(line.rstrip("\n").split("\t")[:2]) for line in f if not line.startswith("#")}


class Sums:
    def __init__(self):
        self.of = {}
        self.failed = 0

    def add(self, what, answer):
        self.of.setdefault(what, {}).setdefault(answer, 0)
        self.of[what][answer] += 1

    def fail(self, text):
        self.failed += 1
        print(text, flush=True)

    def show(self):
        for what, answers in self.of.items():
            print("%s: %s" % (what, ", ".join("%d %s" % (n, a) for a, n in sorted(answers.items()))))


def shown_as(shown):
    data, length, meta = shown
    return "%s of %d bytes%s" % (data[:80].hex(), length, " with %s" % meta if meta else "")


def prove_optimiser(words, link, expression, what, sums):
    """The optimised program; None when there is none."""
    optimised, literal = compile_with(words, link, expression), compile_with([*words, "-O"], link, expression)
    if optimised is None or literal is None:
        return None
    answer, shown = compare(optimised, literal)
    sums.add(what, answer)
    if answer == UNKNOWN:
        print("no answer in %d seconds: %s: %s" % (SECONDS, link, expression), flush=True)
    if answer == DIFFERENT:
        sums.fail("optimising changes %s: %s: %s" % (link, expression, shown_as(shown)))
    return optimised


def prove(program, link, expression, options, same, known, sums):
    optimised = prove_optimiser([program, *options], link, expression, "optimised against not", sums)
    if optimised is None:
        return
    reference = shutil.which("tcpdump")
    theirs = compile_with([reference, *options, "-O"], link, expression) if reference and same else None
    if theirs is None:
        return
    if link in FAMILY_LINKS:
        optimised = compile_with([program, *options, "--live"], link, expression)
    answer, shown = compare(optimised, theirs)
    is_known = (link, expression) in known
    sums.add("ours against libpcap", "%s (known)" % answer if is_known else answer)
    if answer == DIFFERENT and not is_known:
        sums.fail("libpcap means other by %s: %s: %s" % (link, expression, shown_as(shown)))
    if answer == UNKNOWN:
        print("no answer in %d seconds, beside libpcap: %s: %s" % (SECONDS, link, expression), flush=True)
    if answer == SAME and is_known:
        sums.fail("exceptions.tsv has what is none: %s: %s" % (link, expression))


def mutate(program, rng):
    """The program with one thing changed; jumps stay inside."""
    i = rng.randrange(len(program))
    code, jt, jf, k = program[i]
    kind = code & 7
    if kind == machine.JMP and code & 0xf0 != machine.JA:
        room = len(program) - i - 2
        changed = rng.choice([(code, jf, jt, k), (code, jt, jf, k ^ 1 << rng.randrange(16)),
                              (code, (jt + 1) % (room + 1), jf, k), (code, jt, (jf + 1) % (room + 1), k),
                              (code ^ 0x30, jt, jf, k) if code & 0xf0 in (0x10, 0x20) else (code, jf, jt, k)])
    elif kind == machine.RET:
        changed = (code, jt, jf, 0 if k else 262144)
    elif kind in (machine.LD, machine.LDX) and code & 0xe0 in (machine.ABS, machine.IND, machine.MSH):
        other = {0x00: 0x08, 0x08: 0x10, 0x10: 0x08}[code & 0x18]
        resized = (code & ~0x18 | other, jt, jf, k) if kind == machine.LD else (code, jt, jf, k + 2)
        changed = rng.choice([(code, jt, jf, k + 1), (code, jt, jf, max(k, 1) - 1), resized])
    elif kind == machine.MISC:
        changed = (code ^ 0x80, jt, jf, k)
    elif kind == machine.JMP:
        changed = (code, jt, jf, (k + 1) % (len(program) - i - 1))
    else:
        changed = (code, jt, jf, k ^ 1)
    return program[:i] + [changed] + program[i + 1:] if changed != program[i] else None


def is_fine(program):
    """Whether cells and divisors are such as a machine takes."""
    for code, _, _, k in program:
        cell = code & 7 in (machine.ST, machine.STX) or (code & 7 in (0, 1) and code & 0xe0 == machine.MEM)
        if cell and k >= machine.CELLS:
            return False
        if code & 7 == machine.ALU and not code & 8:
            if (code & 0xf0 in (0x30, 0x90) and k == 0) or (code & 0xf0 in (0x60, 0x70) and k > 31):
                return False
    return True


def random_packets(rng, programs, count):
    """Packets that have the numbers of the programs in them."""
    numbers = [k for p in programs for code, _, _, k in p if code & 7 == machine.JMP and 0 < k < 1 << 32]
    for _ in range(count):
        data = bytearray(rng.choice([0, rng.randrange(256)]) for _ in range(rng.choice([20, 60, 120])))
        for _ in range(rng.randrange(6)):
            n = rng.choice(numbers or [0])
            size = 1 if n < 256 else 2 if n < 65536 else 4
            at = rng.choice([12, 14, 20, 23, 26, 30, 34, 36, 54, 56, rng.randrange(len(data))])
            data[at:at + size] = n.to_bytes(size, "big")
        data = bytes(data[:120])
        yield data, len(data) + rng.choice([0, 0, 1000]), {}


def try_mutants(program, expressions, count, rng, sums):
    made = 0
    for _ in range(count * 5):
        link, expression, options, _ = rng.choice(expressions)
        good = compile_with([program, *options], link, expression)
        bad = mutate(good, rng) if good and 3 < len(good) < 60 else None
        if bad is None or not is_fine(bad):
            continue
        made += 1
        # Differences count in both directions: an abort more is a difference of a mutant, too.
        answer = DIFFERENT if DIFFERENT in (compare(bad, good)[0], compare(good, bad)[0]) else SAME
        if answer == SAME:
            for packet in random_packets(rng, (good, bad), 2000):
                (one, cut), (other, other_cut) = machine.run(good, *packet), machine.run(bad, *packet)
                if one != other and not cut and not other_cut:
                    sums.fail("a mutant got away: %s: %s: %s" % (link, expression, shown_as(packet)))
                    answer = "got away"
                    break
        sums.add("mutants", "caught" if answer == DIFFERENT else "equal" if answer == SAME else answer)
        if made == count:
            return


def main():
    program, directory = sys.argv[1:3]
    sums, rng = Sums(), random.Random(1)
    if len(sys.argv) == 6 and sys.argv[3] == "--one":
        prove(program, sys.argv[4], sys.argv[5], (), True, exceptions(), sums)
        sums.show()
        return sums.failed > 0
    if not os.path.exists(os.path.join(directory, "real.tsv")):
        print("skipped: no tables")
        return 77
    if len(sys.argv) == 6 and sys.argv[3] == "--rows":
        first, count = int(sys.argv[4]), int(sys.argv[5])
        for row in list(rows(directory))[first:first + count]:
            prove(program, *row, exceptions(), sums)
        sums.show()
        return sums.failed > 0
    expressions = sorted(set(rows(directory)))
    count = int(sys.argv[4]) if sys.argv[3:4] == ["--count"] else SAMPLE
    for row in rng.sample(expressions, min(count, len(expressions))):
        prove(program, *row, exceptions(), sums)
    for link, expression in LISTS:
        prove(program, link, expression, (), True, exceptions(), sums)
    for expression in PLAIN if count > SAMPLE else PLAIN[:3]:
        prove_optimiser([program, "--filter-dialect=plain"], "EN10MB", expression, "plain dialect", sums)
    try_mutants(program, expressions, count, rng, sums)
    sums.show()
    caught, of = sums.of["mutants"].get("caught", 0), sum(sums.of["mutants"].values())
    print("mutation score: %d of %d that are no equals" % (caught, of - sums.of["mutants"].get("equal", 0)))
    return sums.failed > 0


sys.exit(main())
