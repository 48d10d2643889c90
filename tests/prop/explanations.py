#!/usr/bin/env python3
"""prop.explanations: the three forms of --explain agree, and are JSON, Graphviz and plain text.

    explanations.py PROGRAM DOCUMENT

Each member of the JSON form has to be in the document's table of them.
"""
import json
import re
import shutil
import subprocess
import sys

PLAIN = """
ip
tcp
port 80 or 443
host 10.0.0.1 and not tcp port 22
net 10.0.0.0/8
tcp[13] & 2 != 0
not arp and not vlan
vlan 5 and ip
ip6 multicast
len > 100 or ip[8] < 5
tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn
broadcast
udp portrange 5000-5999
ether host 00:11:22:33:44:55
icmp[icmptype] = icmp-echo
mpls 5 and ip
pppoes and tcp
host 10.0.0.1 or 10.0.0.2 or 10.0.0.3 or 10.0.0.4
geneve and ip
ip protochain 6
"""
EXPRESSIONS = [("EN10MB", e) for e in PLAIN.split("\n")] + [
    ("LINUX_SLL2", "tcp port 80"), ("IEEE802_11_RADIO", "type mgt subtype beacon or ip"),
    ("PPP", "ip6 and udp"), ("RAW", "port 53"), ("MTP2", "opc 5 or sio > 3")]
SEQUENCES = re.compile(r"\033\[\d*m")


class Wrong(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Wrong(what)


def run(program, *words):
    p = subprocess.run([program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    check(p.returncode == 0, "exit status %d: %s" % (p.returncode, p.stderr.decode()))
    return p.stdout.decode()


def look_at_graph(graph):
    ids = {t["id"] for t in graph}
    for t in graph:
        check(t["field"], "a test without a field: %s" % t)
        for way in ("yes", "no"):
            inside = t[way] in ids and t[way] > t["id"]
            check(inside or t[way] in ("accept", "reject"), "a loose end: %s" % t)


def look_at_program(e, listing):
    program = e["program"]
    check([i["text"].replace("\t", " ") for i in program] == [l.replace("\t", " ") for l in listing],
          "not the program of -d")
    for i in program:
        if "yes" in i:
            check(i.get("field"), "a jump without a reason: %s" % i)
            check(i["yes"] == i["at"] + 1 + i["jt"] and i["no"] == i["at"] + 1 + i["jf"], "a wrong target")
    check(1 <= e["paths"]["shortest"] <= e["paths"]["longest"] <= len(program), "impossible paths")
    check(e["stages"][-1]["instructions"] == len(program), "the last stage is not the program")


def members(value):
    """The names of all members in a piece of JSON."""
    if isinstance(value, list):
        return set().union(*map(members, value))
    if isinstance(value, dict):
        return set(value).union(*map(members, value.values()))
    return set()


def documented(path):
    with open(path, encoding="utf-8") as f:
        section = f.read().split("\n## Explanations for programs\n")[1].split("\n## ")[0]
    return set(re.findall(r"`(\w+)`", section))


def look_at_dot(text):
    if shutil.which("dot"):
        p = subprocess.run(["dot", "-Tplain"], input=text.encode(), stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE)
        check(p.returncode == 0, "dot: %s" % p.stderr.decode())
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    check(bare.count("{") == bare.count("}") and '"' not in bare.replace('""', ""), "unbalanced")
    nodes = set(re.findall(r"^    (\w+) \[shape", bare, re.M))
    for edge in re.findall(r"^    (\w+) -> (\w+)", bare, re.M):
        check(nodes.issuperset(edge), "an edge to nowhere: %s" % (edge,))


def look_at(program, known, link, expression):
    words = ["-y", link, expression]
    listing = run(program, "-d", *words).splitlines()
    text = run(program, "--explain", *words)
    check("\033" not in text, "colours without a terminal")
    for line in listing:
        check(line.replace("\t", " ") in text, "%s is missing in the text" % line)
    check(SEQUENCES.sub("", run(program, "--explain", "--color=always", *words)) == text,
          "colours change the text")
    e = json.loads(run(program, "--explain=json", *words))
    check(e["expression"] == expression, "not the expression")
    check(members(e) <= known, "not in the document: %s" % sorted(members(e) - known))
    for stage in e["stages"]:
        look_at_graph(stage["graph"])
        check(stage["tests"] == len(stage["graph"]), "a wrong count of tests")
    look_at_program(e, listing)
    look_at_dot(run(program, "--explain=dot", *words))


def main():
    failed, known = 0, documented(sys.argv[2])
    for link, expression in EXPRESSIONS:
        try:
            look_at(sys.argv[1], known, link, expression)
        except (Wrong, ValueError) as e:
            failed += 1
            print("%s: %s: %s" % (link, expression, e))
    return failed > 0


sys.exit(main())
