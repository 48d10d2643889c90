#!/usr/bin/env python3
"""prop.plain_dialect: --filter-dialect=plain finds what is meant, under tags and behind extension headers.

Packets are made by scapy with every number of tags and several chains of headers; what should pass is worked
out here from how each was made. Every program is also given to the kernel.
"""
import ctypes
import itertools
import os
import socket
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness

try:
    from scapy.all import (ARP, ICMP, IP, TCP, UDP, Dot1AD, Dot1Q, Ether, ICMPv6EchoRequest,
                           IPOption_NOP, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop,
                           IPv6ExtHdrRouting, PadN, Raw, wrpcap)
except ImportError as e:
    harness.go_on_with_the_systems_python(e)

SO_ATTACH_FILTER = 26
TAGS = [[], [5], [5, 7], [7, 5, 9]]


def frame(tags, payload):
    packet = Ether(src="00:11:22:33:44:55", dst="66:77:88:99:aa:bb")
    for i, tag in enumerate(tags):
        packet /= Dot1AD(vlan=tag) if i == 0 and len(tags) > 1 else Dot1Q(vlan=tag)
    return packet / payload


def payloads():
    """Pairs of a packet and what it is: version, protocol, ports, later fragment, SYN."""
    tcp, udp = TCP(sport=40000, dport=80, flags="S"), UDP(sport=53, dport=40000) / b"payload of it"
    four, six = IP(src="10.0.0.1", dst="10.0.0.2"), IPv6(src="fe80::1", dst="fe80::2")
    hop, dst = IPv6ExtHdrHopByHop(options=[PadN(optdata=b"\0" * 12)]), IPv6ExtHdrDestOpt()
    routing = IPv6ExtHdrRouting(addresses=["fe80::3"])
    whole = dict(later=False, syn=True, ports={40000, 80}, protocol=6)
    other = dict(later=False, syn=False, ports={40000, 53}, protocol=17)
    echo = dict(later=False, syn=False, ports=set(), protocol=58)
    yield four / tcp, dict(whole, version=4)
    yield four / udp, dict(other, version=4)
    yield (IP(src="10.0.0.1", dst="10.0.0.2", options=[IPOption_NOP()] * 4) / tcp,
           dict(whole, version=4))
    yield IP(src="10.0.0.1", dst="10.0.0.2", flags="MF") / tcp, dict(whole, version=4)
    yield (IP(src="10.0.0.1", dst="10.0.0.2", frag=100, proto=6) / Raw(bytes(tcp)),
           dict(whole, version=4, later=True))
    yield four / ICMP(), dict(echo, version=4, protocol=1)
    for chain in ([], [hop], [dst], [routing], [hop, dst, routing], [hop, routing, dst, dst]):
        for upper, what in ((tcp, whole), (udp, other), (ICMPv6EchoRequest(), echo)):
            packet = six.copy()
            for header in chain:
                packet /= header.copy()
            yield packet / upper, dict(what, version=6)
    yield six / IPv6ExtHdrFragment(offset=0, m=1) / tcp, dict(whole, version=6)
    yield six / hop / IPv6ExtHdrFragment(offset=0, m=1) / dst / udp, dict(other, version=6)
    yield six / IPv6ExtHdrFragment(offset=100, nh=6) / Raw(bytes(tcp)), dict(whole, version=6, later=True)
    yield ARP(psrc="10.0.0.1", pdst="10.0.0.2"), dict(echo, version=0, protocol=None)


def is_tcp(p, version=None):
    return p["protocol"] == 6 and version in (None, p["version"])


def is_udp(p):
    return p["protocol"] == 17


# Expressions, and when a packet with these tags that is this should pass.
RULES = [
    ("tcp", lambda t, p: is_tcp(p)), ("not tcp", lambda t, p: not is_tcp(p)),
    ("udp", lambda t, p: is_udp(p)), ("icmp6", lambda t, p: p["protocol"] == 58),
    ("proto 17", lambda t, p: is_udp(p)), ("ip6 proto 6", lambda t, p: is_tcp(p, 6)),
    ("ip", lambda t, p: p["version"] == 4), ("ip6", lambda t, p: p["version"] == 6),
    ("arp",
     lambda t, p: p["version"] == 0), ("vlan", lambda t, p: len(t) > 0), ("vlan 5", lambda t, p: 5 in t),
    ("vlan and vlan 7", lambda t, p: 7 in t), ("vlan 5 and vlan 9", lambda t, p: 5 in t and 9 in t),
    ("not vlan and ip", lambda t, p: not t and p["version"] == 4),
    ("ip and not vlan", lambda t, p: not t and p["version"] == 4),
    ("tcp port 80", lambda t, p: is_tcp(p) and not p["later"]),
    ("port 53", lambda t, p: 53 in p["ports"] and not p["later"]),
    ("udp src port 53 and vlan", lambda t, p: t and is_udp(p) and not p["later"]),
    ("portrange 70-90", lambda t, p: 80 in p["ports"] and not p["later"]),
    ("tcp[tcpflags] & tcp-syn != 0", lambda t, p: is_tcp(p) and not p["later"]),
    ("udp[0:2] = 53", lambda t, p: is_udp(p) and not p["later"]),
    ("icmp6[icmp6type] = icmp6-echo", lambda t, p: p["protocol"] == 58),
    ("host 10.0.0.1",
     lambda t, p: p["version"] in (0, 4)), ("src host fe80::1", lambda t, p: p["version"] == 6),
    ("net 10.0.0.0/8 and tcp dst port 80", lambda t, p: is_tcp(p, 4) and not p["later"]),
    ("ip6 and tcp port 80 and not vlan 7", lambda t, p: is_tcp(p, 6) and not p["later"] and 7 not in t),
    ("ether proto 0x8100", lambda t, p: len(t) == 1), ("ether host 00:11:22:33:44:55", lambda t, p: True),
]


def fits_kernel(listing):
    """Whether SO_ATTACH_FILTER takes what -ddd has printed."""
    rows = [tuple(map(int, line.split())) for line in listing.splitlines()[1:]]
    code = b"".join(struct.pack("HBBI", *row) for row in rows)
    buffer = ctypes.create_string_buffer(code)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            program = struct.pack("HP", len(rows), ctypes.addressof(buffer))
            s.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)
        except OSError as e:
            return "%d instructions: %s" % (len(rows), e)
    return None


def passed(program, path, words):
    out = subprocess.run([*program, "--filter-dialect=plain", "-tt", "-n", "-r", path, *words], check=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode(errors="replace")
    return {int(line.split(".")[0]) for line in out.splitlines() if line[:1].isdigit()}


def main():
    program, failed = harness.program(sys.argv[1]), 0
    made = list(itertools.product(TAGS, payloads()))
    packets = [frame(tags, payload) for tags, (payload, _) in made]
    for i, packet in enumerate(packets):
        packet.time = i
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "made.pcap")
        wrpcap(path, packets)
        for expression, rule in RULES:
            wanted = {i for i, (tags, (_, what)) in enumerate(made) if rule(tags, what)}
            for options in ([], ["-O"]):
                got = passed(program, path, options + [expression])
                for i in sorted(got ^ wanted)[:2]:
                    failed += 1
                    verdict = "passes" if i in got else "rejects"
                    print("%s%s: %s %s" % (expression, options, verdict, packets[i].summary()))
                command = [*program, "--filter-dialect=plain", *options, "--live", "-ddd", expression]
                listing = subprocess.run(command, check=True, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL)
                wrong = fits_kernel(listing.stdout.decode())
                if wrong and sys.platform == "linux":
                    failed += 1
                    print("%s%s: the kernel refuses it: %s" % (expression, options, wrong))
    print("%d packets, %d expressions, %d wrong" % (len(packets), len(RULES), failed))
    return failed > 0


sys.exit(main())
