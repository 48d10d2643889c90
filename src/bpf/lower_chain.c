/*
 * protochain: a protocol anywhere in the chain of headers.
 *
 * libpcap makes a loop of it, which no kernel accepts.  Here the chain is followed for a fixed
 * number of headers, which is what makes these programs long.  A header of the chain begins with
 * the number of the next one and its own length: in units of 8 bytes beyond the first 8 (RFC 8200,
 * sections 4.3 to 4.6; of the fragment header that byte is 0, which is right as well), or of 4
 * beyond the first 8 in the authentication header (RFC 4302, section 2.2).
 */
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "bpf/lower.h"

enum { IP_PROTOCOL = 9, IP6_NEXT = 6, IP6_HEADER = 40 };
enum { NEXT = 0, LENGTH = 1, UNIT_SHIFT = 3, AH_UNIT_SHIFT = 2, AH_EXTRA = 2 };

/* Headers that may be passed: of options before an authentication header, and of any kind behind it. */
enum { OPTIONS_MAX = 100, MIXED_MAX = 8 };

struct chain {
    struct place network;
    u32 wanted;
    bool options; /* IPv6: other headers than that for authentication may be passed, too */
};

/* The offset behind the header at `offset`, whose length is counted in these units. */
static const struct value *behind(struct lower *l, const struct chain *c,
                                  const struct value *offset, u32 extra, u32 shift)
{
    const struct value *units = ir_load(l->ir, 1, offset, c->network.k + LENGTH);
    units = ir_alu(l->ir, ALU_ADD, units, ir_const(l->ir, extra));
    return ir_alu(l->ir, ALU_ADD, offset, ir_alu(l->ir, ALU_LSH, units, ir_const(l->ir, shift)));
}

static const struct value *behind_options(struct lower *l, const struct chain *c, const struct value *offset)
{
    return behind(l, c, offset, 1, UNIT_SHIFT);
}

static const struct value *behind_ah(struct lower *l, const struct chain *c, const struct value *offset)
{
    return behind(l, c, offset, AH_EXTRA, AH_UNIT_SHIFT);
}

/* What the header at `offset` says of the next one. */
static const struct value *next_number(struct lower *l, const struct chain *c, const struct value *offset)
{
    return ir_load(l->ir, 1, offset, c->network.k + NEXT);
}

static const struct test *let(struct lower *l, const struct value *variable, const struct value *value,
                              const struct test *next)
{
    return ir_let(l->ir, variable, value, next, lower_why(l, "the next header of the chain"));
}

/* One link of the chain: the number is the wanted one, or that of a header that can be passed. */
static const struct test *numbers(struct lower *l, const struct chain *c, const struct value *number,
                                  const struct test *options, const struct test *ah, struct exits to)
{
    static const u8 kinds[] = { IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT, IPPROTO_DSTOPTS };
    struct exits pass = { ah, to.no };

    to.no = lower_is(l, CMP_EQ, number, IPPROTO_AH, pass, "an authentication header");
    pass = (struct exits){ options, to.no };
    for (size_t i = countof(kinds); c->options && i-- > 0;)
        pass.no = lower_is(l, CMP_EQ, number, kinds[i], pass, "an IPv6 extension header");
    to.no = pass.no;
    return lower_is(l, CMP_EQ, number, c->wanted, to, "a header of the chain");
}

/*
 * The chain from a header of this number at `offset` on, of all kinds: `left` of them may be passed.
 */
static const struct test *mixed(struct lower *l, const struct chain *c, const struct value *number,
                                const struct value *offset, u32 left, struct exits to)
{
    if (left == 0)
        return lower_is(l, CMP_EQ, number, c->wanted, to, "a header of the chain");
    const struct value *variable = ir_variable(l->ir);
    const struct test *more = mixed(l, c, next_number(l, c, offset), variable, left - 1, to);
    /* One after the other: in an argument list each compiler would choose an order of its own. */
    const struct test *ah = let(l, variable, behind_ah(l, c, offset), more);
    const struct test *passed = let(l, variable, behind_options(l, c, offset), more);
    return numbers(l, c, number, passed, ah, to);
}

/*
 * The chain behind a header of options at `last`: as long as no authentication header comes, the
 * length of a header need only be read when it is known that the chain goes on behind it, so that one
 * register is enough.  `ah` is what follows an authentication header at `ah_at`.
 */
static const struct test *options(struct lower *l, const struct chain *c, const struct value *last, u32 left,
                                  const struct value *ah_at, const struct test *ah, struct exits to)
{
    const struct value *number = next_number(l, c, last), *here = behind_options(l, c, last);
    if (left == 0)
        return lower_is(l, CMP_EQ, number, c->wanted, to, "a header of the chain");
    const struct value *variable = ir_variable(l->ir);
    const struct test *more = options(l, c, variable, left - 1, ah_at, ah, to);
    ah = let(l, ah_at, here, ah);
    return numbers(l, c, number, let(l, variable, here, more), ah, to);
}

static const struct test *ip_chain(struct lower *l, const struct layout *at, u32 wanted, struct exits to)
{
    struct chain c = { .network = lower_network(at), .wanted = wanted };
    const struct value *number = lower_load(l, c.network, IP_PROTOCOL, 1);

    to.yes = mixed(l, &c, number, lower_behind_ip(l, c.network).base, MIXED_MAX, to);
    return lower_type(l, at, ETHERTYPE_IP, to);
}

static const struct test *ip6_chain(struct lower *l, const struct layout *at, u32 wanted, struct exits to)
{
    struct chain c = { .network = lower_network(at), .wanted = wanted, .options = true };
    const struct value *number = lower_load(l, c.network, IP6_NEXT, 1);
    const struct value *first = ir_const(l->ir, IP6_HEADER), *ah_at = ir_variable(l->ir);
    const struct value *behind_it = ir_variable(l->ir);

    const struct test *ah = mixed(l, &c, next_number(l, &c, ah_at), behind_it, MIXED_MAX, to);
    ah = let(l, behind_it, behind_ah(l, &c, ah_at), ah);
    const struct test *at_once = let(l, ah_at, first, ah);
    const struct test *later = options(l, &c, first, OPTIONS_MAX, ah_at, ah, to);
    to.yes = numbers(l, &c, number, later, at_once, to);
    return lower_type(l, at, ETHERTYPE_IPV6, to);
}

const struct test *lower_protochain(struct lower *l, const struct layout *at, const struct match *m,
                                    struct exits to)
{
    u32 number;
    if (m->proto != Q_ANY && m->proto != Q_IP && m->proto != Q_IP6)
        return lower_fail(l, "bad protocol applied for 'protochain'");
    if (!lower_protocol_number(l, m, &number))
        return to.no;
    if (number > 255)
        return lower_fail(l, "protocol number %u greater than maximum 255", number);
    if (at->payload.base != NULL) {
        lower_fail(l, "'protochain' not supported with variable length headers");
        if (at->plain)
            diag_hint(l->diag, "here \"proto\" looks behind extension headers by itself");
        return to.no;
    }
    if (m->proto != Q_IP)
        to.no = ip6_chain(l, at, number, to);
    return m->proto == Q_IP6 ? to.no : ip_chain(l, at, number, to);
}
