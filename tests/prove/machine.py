"""The classic BPF machine twice: on numbers, and on formulas about any packet at all.

A program is a list of (code, jt, jf, k) as -ddd prints it. Jumps lead forward only, so one pass over the
instructions in their order meets each with all the ways that lead to it, and joins what they bring.
"""
import z3

WORD = 32
CELLS = 16
AD_OFF = 0xfffff000
PACKET_MAX = 262144

LD, LDX, ST, STX, ALU, JMP, RET, MISC = range(8)
SIZES = {0x00: 4, 0x08: 2, 0x10: 1}
IMM, ABS, IND, MEM, LEN, MSH = 0x00, 0x20, 0x40, 0x60, 0x80, 0xa0
JA, JEQ, JGT, JGE, JSET = 0x00, 0x10, 0x20, 0x30, 0x40


def read(listing):
    """A program from the text of -ddd."""
    lines = listing.split("\n")
    return [tuple(map(int, line.split())) for line in lines[1:1 + int(lines[0])]]


def alu(op, a, b):
    """The result, and what must not be zero (or None), for numbers."""
    mask = 0xffffffff
    if op in (0x30, 0x90):
        return (None if b == 0 else a // b if op == 0x30 else a % b)
    results = {0x00: a + b, 0x10: a - b, 0x20: a * b, 0x40: a | b, 0x50: a & b, 0xa0: a ^ b, 0x80: -a,
               0x60: a << b if b < WORD else 0, 0x70: a >> b if b < WORD else 0}
    return results[op] & mask


def run(program, data, length, meta):
    """The verdict on one packet: (accepted, aborted). `meta` gives kernel metadata by offset."""
    a = x = pc = 0
    cells = [0] * CELLS
    while True:
        code, jt, jf, k = program[pc]
        pc += 1
        kind, mode, size = code & 7, code & 0xe0, SIZES.get(code & 0x18)
        if kind == RET:
            return (a if code & 0x18 == 0x10 else k) != 0, False
        if kind in (LD, LDX):
            if mode == IMM:
                value = k
            elif mode == MEM:
                value = cells[k]
            elif mode == LEN:
                value = length
            elif mode == ABS and k >= AD_OFF:
                value = meta.get(k, 0)
            else:
                at = (k + (x if mode == IND else 0)) & 0xffffffff
                size = 1 if mode == MSH else size
                if at + size > len(data):
                    return False, True
                value = int.from_bytes(data[at:at + size], "big")
                value = 4 * (value & 15) if mode == MSH else value
            if kind == LD:
                a = value
            else:
                x = value
        elif kind in (ST, STX):
            cells[k] = a if kind == ST else x
        elif kind == ALU:
            a = alu(code & 0xf0, a, x if code & 8 else k)
            if a is None:
                return False, True
        elif kind == MISC:
            a, x = (x, x) if code & 0x80 else (a, a)
        elif code & 0xf0 == JA:
            pc += k
        else:
            b = x if code & 8 else k
            holds = {JEQ: a == b, JGT: a > b, JGE: a >= b, JSET: (a & b) != 0}[code & 0xf0]
            pc += jt if holds else jf


class Packet:
    """Any packet: bytes by offset, how many of them were captured, its length, metadata."""

    def __init__(self):
        self.byte = z3.Function("byte", z3.BitVecSort(WORD), z3.BitVecSort(8))
        self.caplen = z3.BitVec("caplen", WORD)
        self.length = z3.BitVec("length", WORD)
        self.meta = {}
        self.offsets = {}

    def assumptions(self):
        return [z3.ULE(self.caplen, PACKET_MAX), z3.UGE(self.length, self.caplen)]

    def metadata(self, k):
        return self.meta.setdefault(k, z3.BitVec("meta%x" % k, WORD))

    def load(self, at, size):
        """The bytes at an offset, and when they are not there."""
        at = z3.simplify(at)
        self.offsets[at.sexpr(), size] = (at, size)
        missing = z3.Or(z3.ULT(self.caplen, size), z3.UGT(at, self.caplen - size))
        parts = [self.byte(z3.simplify(at + i)) for i in range(size)]
        value = parts[0] if size == 1 else z3.Concat(*parts)
        return (z3.ZeroExt(WORD - 8 * size, value) if size < 4 else value), missing

    def witness(self, model):
        """A packet of a model: its bytes, length and metadata."""
        def number(term):
            return model.eval(term, model_completion=True).as_long()
        caplen = number(self.caplen)
        data = bytearray(caplen)
        for at, size in self.offsets.values():
            for i in range(size):
                where = (number(at) + i) & 0xffffffff
                if where < caplen:
                    data[where] = number(self.byte(z3.BitVecVal(where, WORD)))
        return bytes(data), number(self.length), {k: number(v) for k, v in self.meta.items()}


class State:
    def __init__(self, reach, a, x, cells):
        self.reach, self.a, self.x, self.cells = reach, a, x, cells


def choose(states, part):
    """One value out of those that the ways to a place bring."""
    value = part(states[-1])
    for s in reversed(states[:-1]):
        other = part(s)
        value = value if other.eq(value) else z3.If(s.reach, other, value)
    return value


def join(states):
    if len(states) == 1:
        return states[0]
    reach = z3.Or([s.reach for s in states])
    return State(reach, choose(states, lambda s: s.a), choose(states, lambda s: s.x),
                 [choose(states, lambda s, i=i: s.cells[i]) for i in range(CELLS)])


def verdict(program, packet):
    """When a program accepts, and when a load or a division ends it."""
    zero = z3.BitVecVal(0, WORD)
    waiting = [[] for _ in program]
    waiting[0].append(State(z3.BoolVal(True), zero, zero, [zero] * CELLS))
    accepted, aborted = [], []

    def leave(s, pc, condition=None):
        reach = s.reach if condition is None else z3.simplify(z3.And(s.reach, condition))
        if not z3.is_false(reach):
            waiting[pc].append(State(reach, s.a, s.x, s.cells))

    for pc, (code, jt, jf, k) in enumerate(program):
        if not waiting[pc]:
            continue
        s = join(waiting[pc])
        kind, mode, size = code & 7, code & 0xe0, SIZES.get(code & 0x18)
        constant = z3.BitVecVal(k, WORD)
        operand = s.x if code & 8 else constant
        a, x, cells, reach = s.a, s.x, s.cells, s.reach
        if kind == RET:
            value = a if code & 0x18 == 0x10 else constant
            accepted.append(z3.And(reach, value != 0))
            continue
        if kind in (LD, LDX):
            value = {IMM: constant, LEN: packet.length}.get(mode)
            if mode == MEM:
                value = cells[k]
            elif mode == ABS and k >= AD_OFF:
                value = packet.metadata(k)
            elif value is None:
                at = constant + x if mode == IND else constant
                value, missing = packet.load(at, 1 if mode == MSH else size)
                aborted.append(z3.And(reach, missing))
                reach = z3.And(reach, z3.Not(missing))
                value = 4 * (value & 15) if mode == MSH else value
            a, x = (value, x) if kind == LD else (a, value)
        elif kind in (ST, STX):
            cells = cells[:k] + [a if kind == ST else x] + cells[k + 1:]
        elif kind == ALU:
            op = code & 0xf0
            if op in (0x30, 0x90):
                aborted.append(z3.And(reach, operand == 0))
                reach = z3.And(reach, operand != 0)
            a = {0x00: lambda: a + operand, 0x10: lambda: a - operand, 0x20: lambda: a * operand,
                 0x30: lambda: z3.UDiv(a, operand), 0x40: lambda: a | operand, 0x50: lambda: a & operand,
                 0x60: lambda: a << operand, 0x70: lambda: z3.LShR(a, operand), 0x80: lambda: -a,
                 0x90: lambda: z3.URem(a, operand), 0xa0: lambda: a ^ operand}[op]()
        elif kind == MISC:
            a, x = (x, x) if code & 0x80 else (a, a)
        elif code & 0xf0 == JA:
            leave(s, pc + 1 + k)
            continue
        else:
            holds = {JEQ: lambda: a == operand, JGT: lambda: z3.UGT(a, operand),
                     JGE: lambda: z3.UGE(a, operand), JSET: lambda: (a & operand) != 0}[code & 0xf0]()
            leave(s, pc + 1 + jt, holds)
            leave(s, pc + 1 + jf, z3.Not(holds))
            continue
        leave(State(reach, z3.simplify(a), z3.simplify(x), cells), pc + 1)
    return z3.Or(accepted), z3.Or(aborted)
