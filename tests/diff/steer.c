/* Packets that find their way through a filter program. */
#include "steer.h"

#include <string.h>

enum { STEPS_MAX = 100000, CELLS = 16 };

uint32_t steer_random(uint64_t *state, uint32_t n)
{
    uint64_t x = *state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    *state = x;
    return n > 0 ? (uint32_t)(x >> 11) % n : 0;
}

static void put(uint8_t *p, uint32_t size, uint32_t value)
{
    for (uint32_t i = 0; i < size; i++)
        p[i] = (uint8_t)(value >> 8 * (size - 1 - i));
}

static uint32_t get(const uint8_t *p, uint32_t size)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < size; i++)
        value = value << 8 | p[i];
    return value;
}

/* An IPv4 or IPv6 header with a transport header behind it. */
static void fill_ip(uint8_t *p, uint64_t *state)
{
    static const uint8_t protocols[] = { 6, 17, 132, 1, 58, 2, 44, 51, 0, 60, 50, 103, 112 };
    uint8_t protocol = protocols[steer_random(state, sizeof protocols)];
    if (steer_random(state, 2) == 0) {
        p[0] = (uint8_t)(0x45 + (steer_random(state, 4) == 0 ? steer_random(state, 10) : 0));
        put(p + 2, 2, 20 + steer_random(state, 200));
        put(p + 6, 2, steer_random(state, 3) == 0 ? steer_random(state, 65536) : 0x4000);
        p[9] = protocol;
    } else {
        p[0] = 0x60;
        p[6] = protocol;
        p[40] = protocols[steer_random(state, sizeof protocols)];
        p[41] = (uint8_t)steer_random(state, 3);
    }
}

void steer_fill(struct steer_packet *p, uint64_t *state, uint32_t payload_at)
{
    uint32_t shape = steer_random(state, 8);
    p->caplen = steer_random(state, 10) == 0 ? steer_random(state, 60) : 60 + steer_random(state, 300);
    p->len = p->caplen + (steer_random(state, 3) == 0 ? steer_random(state, 2000) : 0);
    memset(p->bytes, 0, sizeof p->bytes);
    if (shape > 0)
        for (uint32_t i = 0; i < sizeof p->bytes; i++)
            p->bytes[i] = (uint8_t)(steer_random(state, 3) == 0 ? steer_random(state, 256) : 0);
    if (shape > 2)
        fill_ip(p->bytes + payload_at, state);
}

/* Where the accumulator comes from: (bytes at `at` << shift) & mask, when `known`. */
struct origin {
    bool known;
    uint32_t at, size, mask;
};

static uint32_t alu(uint16_t op, uint32_t a, uint32_t b, bool *bad)
{
    *bad = (op == 0x30 || op == 0x90) && b == 0;
    if (*bad)
        return 0;
    switch (op) {
    case 0x00: return a + b;
    case 0x10: return a - b;
    case 0x20: return a * b;
    case 0x30: return a / b;
    case 0x40: return a | b;
    case 0x50: return a & b;
    case 0x60: return b < 32 ? a << b : 0;
    case 0x70: return b < 32 ? a >> b : 0;
    case 0x80: return 0 - a;
    case 0x90: return a % b;
    default: return a ^ b;
    }
}

static bool compare(uint16_t op, uint32_t a, uint32_t b)
{
    switch (op) {
    case 0x10: return a == b;
    case 0x20: return a > b;
    case 0x30: return a >= b;
    default: return (a & b) != 0;
    }
}

/* Changes the bytes so that the comparison comes out as wanted, if that is easily done. */
static void bend(struct steer_packet *p, struct origin from, uint16_t op, uint32_t k, bool wanted,
                 uint64_t *state)
{
    uint32_t old = get(p->bytes + from.at, from.size), value = old;
    switch (op) {
    case 0x10:
        value = wanted ? (old & ~from.mask) | (k & from.mask)
                       : old ^ (1u << steer_random(state, 8 * from.size));
        break;
    case 0x20: value = wanted ? k + 1 + steer_random(state, 3) : k - steer_random(state, 3); break;
    case 0x30: value = wanted ? k + steer_random(state, 3) : k - 1 - steer_random(state, 3); break;
    default: value = wanted ? old | (k & (0u - k)) : old & ~k; break;
    }
    put(p->bytes + from.at, from.size, value);
}

static uint32_t run(const struct steer_insn *program, uint32_t count, struct steer_packet *p, uint64_t *state,
                    bool *aborted)
{
    uint32_t a = 0, x = 0, cells[CELLS] = { 0 };
    struct origin from = { false, 0, 0, 0 };
    *aborted = false;
    for (uint32_t pc = 0, steps = 0; pc < count && steps < STEPS_MAX; pc++, steps++) {
        const struct steer_insn *i = &program[pc];
        uint32_t b = (i->code & 0x08) != 0 ? x : i->k;
        switch (i->code & 0x07) {
        case 0x00: { /* ld */
            uint32_t size = (i->code & 0x18) == 0x00 ? 4 : (i->code & 0x18) == 0x08 ? 2 : 1;
            uint32_t mode = i->code & 0xe0, at = i->k + (mode == 0x40 ? x : 0);
            from.known = false;
            if (mode == 0x20 || mode == 0x40) {
                if (at > p->caplen || size > p->caplen - at || (mode == 0x40 && at < x)) {
                    *aborted = true;
                    return 0;
                }
                a = get(p->bytes + at, size);
                from = (struct origin){ true, at, size, 0xffffffffu };
            } else {
                a = mode == 0x00 ? i->k : mode == 0x60 ? cells[i->k % CELLS] : p->len;
            }
            break;
        }
        case 0x01: /* ldx */
            if ((i->code & 0xe0) == 0xa0) {
                if (i->k >= p->caplen) {
                    *aborted = true;
                    return 0;
                }
                x = 4u * (p->bytes[i->k] & 15);
            } else {
                x = (i->code & 0xe0) == 0x00 ? i->k : (i->code & 0xe0) == 0x60 ? cells[i->k % CELLS] : p->len;
            }
            break;
        case 0x02: cells[i->k % CELLS] = a; break;
        case 0x03: cells[i->k % CELLS] = x; break;
        case 0x04: {
            bool bad;
            a = alu(i->code & 0xf0, a, b, &bad);
            if (bad) {
                *aborted = true;
                return 0;
            }
            if ((i->code & 0xf8) == 0x50)
                from.mask &= i->k;
            else
                from.known = false;
            break;
        }
        case 0x05:
            if ((i->code & 0xf0) == 0x00) {
                pc += i->k;
                break;
            }
            if (state != NULL && from.known && (i->code & 0x08) == 0 && steer_random(state, 8) != 0) {
                bend(p, from, i->code & 0xf0, i->k, steer_random(state, 3) != 0, state);
                a = get(p->bytes + from.at, from.size) & from.mask;
            }
            pc += compare(i->code & 0xf0, a, b) ? i->jt : i->jf;
            break;
        case 0x06: return (i->code & 0x18) == 0x10 ? a : i->k;
        default:
            from.known = false;
            if ((i->code & 0xf8) == 0)
                x = a;
            else
                a = x;
            break;
        }
    }
    return 0;
}

void steer_walk(const struct steer_insn *program, uint32_t count, struct steer_packet *p, uint64_t *state)
{
    bool aborted;
    run(program, count, p, state, &aborted);
}

uint32_t steer_run(const struct steer_insn *program, uint32_t count, const struct steer_packet *p,
                   bool *aborted)
{
    struct steer_packet copy = *p;
    return run(program, count, &copy, NULL, aborted);
}
