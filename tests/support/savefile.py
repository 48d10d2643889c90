"""pcap savefiles for tests: read one, and cut each of its packets at every length."""
import struct
from collections import namedtuple

Capture = namedtuple("Capture", "linktype snaplen packets")  # packets: list of Packet
Packet = namedtuple("Packet", "len data")

MAGICS = {b"\xd4\xc3\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">",  # microseconds
          b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\x3c\x4d": ">"}  # nanoseconds
# Above this many bytes of cut copies a capture's long packets are cut at fewer lengths.
ENOUGH_BYTES = 32 * 1024 * 1024
FINE_BYTES = 192  # ... but at each of the first this many, where the headers are
FIRST_SECOND = 1700000000


def read(path):
    """The capture in a pcap file; None when the file is not pcap (pcapng, for example)."""
    with open(path, "rb") as f:
        raw = f.read()
    order = MAGICS.get(raw[:4])
    if order is None:
        return None
    snaplen, linktype = struct.unpack(order + "II", raw[16:24])
    packets, at = [], 24
    while at + 16 <= len(raw):
        caplen, length = struct.unpack(order + "8xII", raw[at:at + 16])
        packets.append(Packet(length, raw[at + 16:at + 16 + caplen]))
        at += 16 + caplen
    return Capture(linktype, snaplen, packets)


def lengths(data, thin):
    if not thin:
        return range(len(data) + 1)
    fine, coarse = range(min(FINE_BYTES, len(data)) + 1), range(FINE_BYTES, len(data), 41)
    return sorted({*fine, *coarse, len(data)})


def cuts(capture, thin=False):
    """Every (packet number, captured length) that a replay has, in order; `thin`: fewer of them."""
    thin = thin or sum(len(p.data) ** 2 // 2 for p in capture.packets) > ENOUGH_BYTES
    return [(n, c) for n, p in enumerate(capture.packets) for c in lengths(p.data, thin)]


def write_cut(capture, path, thin=False):
    """Write each packet once per captured length. Record i has the time FIRST_SECOND + i, so that its line
    of text, printed with -tt, tells which record it is. Returns what cuts() returns."""
    records = cuts(capture, thin)
    with open(path, "wb") as f:
        snaplen = max(capture.snaplen, 65535)
        f.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, snaplen, capture.linktype))
        for i, (n, caplen) in enumerate(records):
            packet = capture.packets[n]
            f.write(struct.pack("<IIII", FIRST_SECOND + i, 0, caplen, packet.len))
            f.write(packet.data[:caplen])
    return records
