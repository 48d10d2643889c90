/*
 * 802.11, IEEE Std 802.11, 9.2.3 and 9.3.2.1: the header, its addresses, and where LLC follows.
 *
 *    0        1        2          4        10       16       22       24      24 or 30
 *   +--------+--------+----------+--------+--------+--------+--------+-------+--------+
 *   | type   | flags  | duration | addr 1 | addr 2 | addr 3 | seq    | addr 4| QoS 2  | LLC
 *   +--------+--------+----------+--------+--------+--------+--------+-------+--------+
 *
 * As in libpcap, LLC is taken to follow at 24, or at 26 behind a QoS field; frames with four
 * addresses are not looked into.
 *
 * Radio information may precede it, whose length is in the packet: radiotap and PPI have it in
 * bytes 2 and 3, little-endian; AVS in 4 to 7, big-endian; Prism is AVS when its first word says
 * so, else 144 bytes.
 */
#include "bpf/graph.h"
#include "bpf/lower.h"

enum { TYPE_CTL_BIT = 0x04, TYPE_DATA_BIT = 0x08, TYPE_MASK = 0x0c, TYPE_CTL = 0x04, TYPE_DATA = 0x08 };
enum { SUBTYPE_MASK = 0xf0, SUBTYPE_CTS = 0xc0, SUBTYPE_ACK = 0xd0 };
enum { FLAGS = 1, TO_DS = 1, FROM_DS = 2, BOTH_DS = 3 };
enum { ADDR1 = 4, ADDR2 = 10, ADDR3 = 16, ADDR4 = 24, HEADER = 24 };
enum { PRISM_LENGTH = 144, AVS_LENGTH = 4 };
enum { PPI_DLT = 4, PPI_IEEE802_11 = 0x69000000 }; /* 105, little-endian */
enum { RADIOTAP_PRESENT = 4, RADIOTAP_FLAGS = 8, RADIOTAP_FLAGS_STAMPED = 16, PAD_BIT = 0x20 };
enum { TSFT_BIT = 0x01000000, FLAGS_BIT = 0x02000000, MORE_BIT = 0x80 }; /* little-endian */
#define AVS_MAGIC      0x80211000u
#define AVS_MAGIC_MASK 0xfffff000u

static const char type_says[] = "type of the 802.11 frame";

/* The length in bytes 2 and 3 of the prefix, little-endian. */
static const struct value *little_length(struct ir *ir)
{
    const struct value *third = ir_load(ir, 1, NULL, 3);
    const struct value *high = ir_alu(ir, ALU_LSH, third, ir_const(ir, 8));
    return ir_alu(ir, ALU_OR, high, ir_load(ir, 1, NULL, 2));
}

/* (value >> n) & mask */
static const struct value *bits(struct ir *ir, const struct value *value, u32 n, u32 mask)
{
    const struct value *shifted = ir_alu(ir, ALU_RSH, value, ir_const(ir, n));
    return ir_alu(ir, ALU_AND, shifted, ir_const(ir, mask));
}

/*
 * Radiotap may say that the driver padded the header: then what follows begins at the next multiple
 * of four.  As in libpcap, it is counted from the start of the packet.  The flags stand at 8, or at 16
 * behind a time stamp; the first presence word tells whether they are there, and whether a second one
 * follows, which would move them.
 */
static const struct test *set_padded(struct lower *l, const struct test *next)
{
    struct ir *ir = l->ir;
    struct reason why = lower_why(l, "where the payload of the 802.11 frame begins");
    const struct value *present = ir_load(ir, 4, NULL, RADIOTAP_PRESENT);
    const struct value *padded = ir_alu(ir, ALU_ADD, l->unpadded, ir_const(ir, 3));
    padded = ir_alu(ir, ALU_AND, padded, ir_const(ir, 0xfffffffc));

    struct exits pad = { ir_let(ir, l->payload, padded, next, why),
                         ir_let(ir, l->payload, l->unpadded, next, why) };
    struct exits stamped = {
        lower_is(l, CMP_SET, ir_load(ir, 1, NULL, RADIOTAP_FLAGS_STAMPED), PAD_BIT, pad, "radiotap flags"),
        lower_is(l, CMP_SET, ir_load(ir, 1, NULL, RADIOTAP_FLAGS), PAD_BIT, pad, "radiotap flags"),
    };
    struct exits first = { pad.no, lower_is(l, CMP_SET, present, TSFT_BIT, stamped, "radiotap time stamp") };
    struct exits flags = { lower_is(l, CMP_SET, present, MORE_BIT, first, "radiotap presence bits"), pad.no };
    return lower_is(l, CMP_SET, present, FLAGS_BIT, flags, "radiotap presence bits");
}

void lower_wlan_start(struct lower *l, struct layout *at)
{
    switch (at->link->prefix) {
    case PREFIX_RADIOTAP:
    case PREFIX_PPI:
    case PREFIX_AVS:
    case PREFIX_PRISM:
        l->prefix = ir_variable(l->ir);
        at->header.base = l->prefix;
        break;
    case PREFIX_PFLOG: { /* the header's length, rounded up to words */
        const struct value *length = ir_load(l->ir, 1, NULL, 0);
        length = ir_alu(l->ir, ALU_ADD, length, ir_const(l->ir, 3));
        l->payload_value = ir_alu(l->ir, ALU_AND, length, ir_const(l->ir, 0xfffffffc));
        break;
    }
    default: break;
    }
    if (at->spelling == SPELL_WLAN) {
        /* Two bytes more with QoS. */
        const struct value *beyond = bits(l->ir, lower_load(l, at->header, 0, 1), 6, 2);
        l->payload_value = at->header.base != NULL ? ir_alu(l->ir, ALU_ADD, at->header.base, beyond) : beyond;
        if (at->link->prefix == PREFIX_RADIOTAP) {
            l->unpadded = ir_variable(l->ir);
            l->payload_value = ir_alu(l->ir, ALU_ADD, l->payload_value, ir_const(l->ir, HEADER));
        } else {
            at->payload.k += HEADER;
        }
    }
    if (l->payload_value != NULL) {
        l->payload = ir_variable(l->ir);
        at->payload.base = l->payload;
        if (at->spelling == SPELL_WLAN)
            at->type = at->payload;
    }
}

static bool has(const struct value *v, const struct value *variable)
{
    return v != NULL && v->varies && (v == variable || has(v->a, variable) || has(v->b, variable));
}

/* Whether any test from `root` on looks at the variable. */
static bool is_used(struct lower *l, const struct test *root, const struct value *variable)
{
    struct arena_mark mark = arena_mark(l->ir->arena);
    struct graph g = graph_of(l->ir, root, l->ir->arena);
    bool used = false;

    for (u32 i = 0; i < g.count && !used; i++)
        used = has(g.tests[i]->left, variable) || has(g.tests[i]->right, variable);
    arena_rewind(l->ir->arena, mark);
    return used;
}

/* Sets the variable of the payload, if the link type has one. */
static const struct test *set_payload(struct lower *l, const struct layout *at, const struct test *next)
{
    struct reason why = lower_why(l, "where the payload begins");
    if (l->unpadded != NULL && !is_used(l, next, l->payload))
        return next;
    if (l->unpadded != NULL) { /* only frames of data have a payload, so only their flags are read */
        struct exits data = { set_padded(l, next), ir_let(l->ir, l->payload, l->unpadded, next, why) };
        return ir_let(l->ir, l->unpadded, l->payload_value, lower_wlan_data(l, at, data), why);
    }
    return l->payload != NULL ? ir_let(l->ir, l->payload, l->payload_value, next, why) : next;
}

/* The variables are set before anything else; pass_sink moves that to where it is needed. */
const struct test *lower_wlan_root(struct lower *l, const struct layout *at, const struct test *next)
{
    struct ir *ir = l->ir;
    struct reason why = lower_why(l, "length of the header before the 802.11 one");
    const struct value *avs = ir_load(ir, 4, NULL, AVS_LENGTH);

    next = set_payload(l, at, next);
    switch (at->link->prefix) {
    case PREFIX_RADIOTAP: return ir_let(ir, l->prefix, little_length(ir), next, why);
    case PREFIX_AVS: return ir_let(ir, l->prefix, avs, next, why);
    case PREFIX_PPI: {
        struct exits to = { ir_let(ir, l->prefix, little_length(ir), next, why), ir->reject };
        return lower_is(l, CMP_EQ, ir_load(ir, 4, NULL, PPI_DLT), PPI_IEEE802_11, to, "PPI with 802.11");
    }
    case PREFIX_PRISM: {
        struct exits to = { ir_let(ir, l->prefix, avs, next, why),
                            ir_let(ir, l->prefix, ir_const(ir, PRISM_LENGTH), next, why) };
        const struct value *mask = ir_const(ir, AVS_MAGIC_MASK);
        const struct value *magic = ir_alu(ir, ALU_AND, ir_load(ir, 4, NULL, 0), mask);
        return lower_is(l, CMP_EQ, magic, AVS_MAGIC, to, "an AVS header instead of Prism's");
    }
    default: return next;
    }
}

const struct test *lower_wlan_data(struct lower *l, const struct layout *at, struct exits to)
{
    return lower_field(l, at->header, 0, 1, TYPE_MASK, TYPE_DATA, to, type_says);
}

static bool is_wlan(struct lower *l, const struct layout *at, const char *message)
{
    if ((at->features & FEATURE_WLAN) == 0)
        lower_fail_link(l, "%s", message);
    return (at->features & FEATURE_WLAN) != 0;
}

const struct test *lower_wlan_type(struct lower *l, const struct layout *at, const struct ast *n,
                                   struct exits to)
{
    if (!is_wlan(l, at, "802.11 link-layer types supported only on 802.11"))
        return to.no;
    return lower_field(l, at->header, 0, 1, n->wlan.mask, n->wlan.value, to, type_says);
}

const struct test *lower_wlan_dir(struct lower *l, const struct layout *at, u32 direction, struct exits to)
{
    if (!is_wlan(l, at, "frame direction supported only with 802.11 headers"))
        return to.no;
    return lower_field(l, at->header, FLAGS, 1, BOTH_DS, direction, to, "direction of the 802.11 frame");
}

static const struct test *first_byte_has(struct lower *l, const struct layout *at, u32 bit, struct exits to)
{
    return lower_is(l, CMP_SET, lower_load(l, at->header, 0, 1), bit, to, type_says);
}

static const struct test *flags_have(struct lower *l, const struct layout *at, u32 bit, struct exits to)
{
    return lower_is(l, CMP_SET, lower_load(l, at->header, FLAGS, 1), bit, to,
                    "direction of the 802.11 frame");
}

/* What an address field is tested for. */
struct wanted {
    const u8 *mac; /* NULL: the group bit */
};

static const struct test *address(struct lower *l, const struct layout *at, u32 offset, struct wanted w,
                                  struct exits to)
{
    if (w.mac != NULL)
        return lower_bytes(l, at->header, offset, w.mac, 6, to, "802.11 address");
    return lower_is(l, CMP_SET, lower_load(l, at->header, offset, 1), 1, to,
                    "group bit of the 802.11 address");
}

/* DA: address 3 of data frames to the distribution system, else address 1; control frames have none. */
static const struct test *destination(struct lower *l, const struct layout *at, struct wanted w,
                                      struct exits to)
{
    const struct test *first = address(l, at, ADDR1, w, to);
    struct exits data = { address(l, at, ADDR3, w, to), first };
    struct exits kind = { flags_have(l, at, TO_DS, data), first };
    struct exits control = { to.no, first_byte_has(l, at, TYPE_DATA_BIT, kind) };
    return first_byte_has(l, at, TYPE_CTL_BIT, control);
}

/* SA: address 2; of data frames from the distribution system 3, or 4 when they also go to it. */
static const struct test *source(struct lower *l, const struct layout *at, struct wanted w, struct exits to)
{
    const struct test *second = address(l, at, ADDR2, w, to);
    struct exits bridged = { address(l, at, ADDR4, w, to), address(l, at, ADDR3, w, to) };
    struct exits data = { flags_have(l, at, TO_DS, bridged), second };
    struct exits kind = { flags_have(l, at, FROM_DS, data), second };
    struct exits control = { to.no, first_byte_has(l, at, TYPE_DATA_BIT, kind) };
    return first_byte_has(l, at, TYPE_CTL_BIT, control);
}

const struct test *lower_wlan_host(struct lower *l, const struct layout *at, enum q_dir dir, const u8 mac[6],
                                   struct exits to)
{
    struct wanted w = { mac };
    const struct value *first = lower_load(l, at->header, 0, 1);
    const struct value *type = ir_alu(l->ir, ALU_AND, first, ir_const(l->ir, TYPE_MASK));
    const struct value *subtype = ir_alu(l->ir, ALU_AND, first, ir_const(l->ir, SUBTYPE_MASK));

    switch (dir) {
    case DIR_SRC: return source(l, at, w, to);
    case DIR_DST: return destination(l, at, w, to);
    case DIR_AND: to.yes = destination(l, at, w, to); return source(l, at, w, to);
    case DIR_ADDR1: return address(l, at, ADDR1, w, to);
    case DIR_ADDR2: { /* CTS and ACK have none */
        const struct test *compare = address(l, at, ADDR2, w, to);
        struct exits control = { to.no, lower_is(l, CMP_EQ, subtype, SUBTYPE_ACK,
                                                 (struct exits){ to.no, compare }, type_says) };
        control.yes = lower_is(l, CMP_EQ, subtype, SUBTYPE_CTS, control, type_says);
        control.no = compare;
        return lower_is(l, CMP_EQ, type, TYPE_CTL, control, type_says);
    }
    case DIR_ADDR3: /* control frames have none */
        return lower_is(l, CMP_EQ, type, TYPE_CTL, (struct exits){ to.no, address(l, at, ADDR3, w, to) },
                        type_says);
    case DIR_ADDR4: /* only frames from one distribution system to another have it */
        to.yes = address(l, at, ADDR4, w, to);
        return lower_wlan_dir(l, at, BOTH_DS, to);
    case DIR_RA: /* as libpcap: not of control frames */
        to.yes = address(l, at, ADDR1, w, to);
        return first_byte_has(l, at, TYPE_DATA_BIT, to);
    case DIR_TA:
        to.yes = address(l, at, ADDR2, w, to);
        return first_byte_has(l, at, TYPE_DATA_BIT, to);
    default: to.no = destination(l, at, w, to); return source(l, at, w, to);
    }
}

const struct test *lower_wlan_multicast(struct lower *l, const struct layout *at, struct exits to)
{
    return destination(l, at, (struct wanted){ NULL }, to);
}
