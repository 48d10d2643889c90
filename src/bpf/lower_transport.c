/* Where transport headers are. */
#include "bpf/lower.h"

enum { IP_FRAGMENT = 6, IP_FRAGMENT_MASK = 0x1fff, IP_WORDS_MASK = 15, IP6_HEADER = 40 };

/*
 * The number of bytes to add to the network header's offset: a word count in the first byte.  One
 * instruction does it when that offset is a constant.
 */
struct place lower_behind_ip(struct lower *l, struct place network)
{
    struct ir *ir = l->ir;
    if (network.base == NULL)
        return (struct place){ ir_msh(ir, network.k), network.k };
    const struct value *first = ir_load(ir, 1, network.base, network.k);
    const struct value *words = ir_alu(ir, ALU_AND, first, ir_const(ir, IP_WORDS_MASK));
    const struct value *bytes = ir_alu(ir, ALU_LSH, words, ir_const(ir, 2));
    return (struct place){ ir_alu(ir, ALU_ADD, network.base, bytes), network.k };
}

/* Only the first fragment has a transport header: RFC 791, section 3.1. */
const struct test *lower_first_fragment(struct lower *l, struct place network, struct exits to)
{
    const struct value *fragment = lower_load(l, network, IP_FRAGMENT, 2);
    return lower_is(l, CMP_SET, fragment, IP_FRAGMENT_MASK, swapped(to),
                    "fragment offset of the IPv4 header");
}

struct place lower_transport(struct lower *l, struct place network)
{
    struct transport_place *t = l->transports;
    while (t != NULL && (t->network.base != network.base || t->network.k != network.k))
        t = t->next;
    if (t == NULL) {
        t = arena_new(l->ir->arena, struct transport_place, 1);
        if (t == NULL)
            return network;
        *t = (struct transport_place){ l->transports, network, ir_variable(l->ir) };
        l->transports = t;
    }
    return (struct place){ t->variable, network.k };
}

const struct test *lower_set_transport(struct lower *l, struct place network, bool ip6,
                                       const struct test *next)
{
    const struct value *header = ir_const(l->ir, IP6_HEADER), *variable = lower_transport(l, network).base;
    if (!ip6)
        header = lower_behind_ip(l, network).base;
    else if (network.base != NULL)
        header = ir_alu(l->ir, ALU_ADD, network.base, header);
    if (variable == NULL)
        return next;
    return ir_let(l->ir, variable, header, next, lower_why(l, "where the transport header begins"));
}
