"""Savefiles made on the fly, piece by piece: sound ones, strange ones, broken ones."""
import struct

# Ethernet, IPv4, UDP; 60 bytes
PACKET = bytes.fromhex("ffffffffffff001122334455080045000020000100004011000"
                       "00a0000010a00000204d20035000c0000") + bytes(range(18))
def header(magic=0xA1B2C3D4, major=2, minor=4, zone=0, accuracy=0, snaplen=262144, linktype=1, order="<"):
    return struct.pack(order + "IHHiIII", magic, major, minor, zone, accuracy, snaplen, linktype)


def record(seconds=1700000000, fraction=5, caplen=None, length=None, data=PACKET, order="<", more=b""):
    return struct.pack(order + "IIII", seconds, fraction, len(data) if caplen is None else caplen,
                       len(data) if length is None else length) + more + data


def pad(data):
    return data + bytes(-len(data) % 4)


def option(code, value, order="<"):
    return struct.pack(order + "HH", code, len(value)) + pad(value)


def block(kind, body, order="<", length=None, trailer=None):
    length = 12 + len(body) if length is None else length
    trailer = length if trailer is None else trailer
    return struct.pack(order + "II", kind, length) + body + struct.pack(order + "I", trailer)


def section(order="<", major=1, minor=0, options=b"", magic=0x1A2B3C4D, **more):
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", magic, major, minor, -1) + options, order, **more)


def interface(linktype=1, snaplen=262144, options=b"", order="<", **more):
    return block(1, struct.pack(order + "HHI", linktype, 0, snaplen) + options, order, **more)


def packet(number=0, ticks=1700000000000005, data=PACKET, caplen=None, length=None, options=b"", order="<",
           **more):
    return block(6, struct.pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF,
                                len(data) if caplen is None else caplen,
                                len(data) if length is None else length) + pad(data) + options, order, **more)


def simple(data=PACKET, length=None, order="<", **more):
    length = len(data) if length is None else length
    return block(3, struct.pack(order + "I", length) + pad(data), order, **more)


def obsolete(number=0, drops=0, ticks=1700000000000005, data=PACKET, caplen=None, options=b"", order="<",
             **more):
    return block(2, struct.pack(order + "HHIIII", number, drops, ticks >> 32, ticks & 0xFFFFFFFF,
                                len(data) if caplen is None else caplen, len(data)) + pad(data) + options,
                 order, **more)


def all_blocks(order):
    """Two interfaces, and each kind of block."""
    eth = b"".join(option(code, value, order) for code, value in ((2, b"eth0"), (3, b"text"), (9, b"\x09"),
                                                                  (0, b"")))
    hour = struct.pack(order + "q", 3600)
    tun = option(2, b"tun0", order) + option(14, hour, order) + option(0, b"", order)
    said = option(1, b"one", order) + option(2, struct.pack(order + "I", 1), order) + option(0, b"", order)
    word = struct.Struct(order + "I").pack
    return (section(order, options=option(1, b"of the section", order) + option(0, b"", order))
            + interface(1, 0, eth, order) + interface(101, 100, tun, order)
            + packet(0, ticks=1700000000123456789, options=said, order=order)
            + packet(1, data=PACKET[14:], order=order) + simple(order=order)
            + block(4, struct.pack(order + "HH", 1, 8) + b"\x0a\0\0\1abc\0" + bytes(4), order)
            + block(5, word(0) + word(1) + word(2), order) + block(10, b"KSLT" + word(4) + b"abcd", order)
            + block(0xBAD, word(32473) + b"abcd", order) + block(0x80000077, b"abcd", order)
            + obsolete(0, order=order))
