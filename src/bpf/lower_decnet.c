/*
 * DECnet Phase IV addresses: a 16-bit little-endian word, the area in its upper six bits.
 *
 * Behind a length word comes the routing header, short or long, which the low three bits of its
 * first byte tell; a padding byte of 0x81 may stand before it.
 */
#include "base/ethertype.h"
#include "bpf/lower.h"

enum { AREA_MAX = 63, NODE_MAX = 1023, AREA_SHIFT = 10 };
enum { ROUTING = 2, KIND_MASK = 0x07, SHORT = 2, LONG = 6, PAD = 0x81 };
enum { SHORT_DST = 1, SHORT_SRC = 3, LONG_DST = 7, LONG_SRC = 15 }; /* from the routing header */

/* Reads AREA.NODE; false after an error. */
static bool read_address(struct lower *l, const struct match *m, u32 *address)
{
    struct str node = m->id.text, area = str_cut(&node, '.');
    u64 a, n;

    if (m->id.kind == OPERAND_IP4 && m->id.mask_kind == MASK_NONE && m->type == TYPE_HOST &&
        str_to_u64(area, AREA_MAX, &a) && str_to_u64(node, NODE_MAX, &n)) {
        *address = (u32)a << AREA_SHIFT | (u32)n;
        return true;
    }
    lower_fail_id(l, m, "invalid DECnet address '%pS'", (const void *)&m->id.text);
    diag_hint(l->diag, "area.node, at most 63.1023");
    return false;
}

/* The address fields of one kind of routing header, from its first byte, as the direction asks. */
static const struct test *fields(struct lower *l, struct place routing, u32 src, u32 dst, enum q_dir dir,
                                 u32 wire, struct exits to)
{
    const struct value *from = lower_load(l, routing, src, 2), *into = lower_load(l, routing, dst, 2);
    const char *what = "DECnet address";

    switch (dir) {
    case DIR_SRC: return lower_is(l, CMP_EQ, from, wire, to, what);
    case DIR_DST: return lower_is(l, CMP_EQ, into, wire, to, what);
    case DIR_AND: to.yes = lower_is(l, CMP_EQ, into, wire, to, what); break;
    default: to.no = lower_is(l, CMP_EQ, into, wire, to, what); break;
    }
    return lower_is(l, CMP_EQ, from, wire, to, what);
}

const struct test *lower_decnet(struct lower *l, const struct layout *at, const struct match *m,
                                struct exits to)
{
    struct place routing = place_add(lower_network(at), ROUTING);
    const struct value *first = lower_load(l, routing, 0, 1), *both = lower_load(l, routing, 0, 2);
    const char *kind = "kind of the DECnet routing header";
    const struct test *no = to.no;
    u32 number;

    if (!read_address(l, m, &number))
        return to.no;
    u32 wire = (number & 0xff) << 8 | number >> 8;
    first = ir_alu(l->ir, ALU_AND, first, ir_const(l->ir, KIND_MASK));
    both = ir_alu(l->ir, ALU_AND, both, ir_const(l->ir, 0xff00u | KIND_MASK));

    /* The four kinds exclude each other. */
    struct exits found = { fields(l, routing, LONG_SRC + 1, LONG_DST + 1, m->dir, wire, to), no };
    found.no = lower_is(l, CMP_EQ, both, PAD << 8 | LONG, found, kind);
    found.yes = fields(l, routing, SHORT_SRC + 1, SHORT_DST + 1, m->dir, wire, to);
    found.no = lower_is(l, CMP_EQ, both, PAD << 8 | SHORT, found, kind);
    found.yes = fields(l, routing, LONG_SRC, LONG_DST, m->dir, wire, to);
    found.no = lower_is(l, CMP_EQ, first, LONG, found, kind);
    found.yes = fields(l, routing, SHORT_SRC, SHORT_DST, m->dir, wire, to);
    to.yes = lower_is(l, CMP_EQ, first, SHORT, found, kind);
    return lower_type(l, at, ETHERTYPE_DN, to);
}
