/* The table of recent pairs of ends. */
#include "print/state/conversations.h"

#include "base/bytes.h"
#include "base/pen.h"

/* Bits of the number of an entry. */
enum { SLOT_BITS = 6 };

_Static_assert(CONVERSATIONS == 1 << SLOT_BITS, "a slot is an entry");

static char *pen_end(char *p, u8 version, const void *address, u16 port)
{
    p = version == 4 ? pen_ip4(p, address) : pen_ip6(p, address);
    return pen_dec(pen_char(p, '.'), port);
}

static NOINLINE void fill(struct conversation *e, const struct tcp_flow_key *ends, u8 version,
                          const void *src, const void *dst)
{
    e->ends = *ends;
    e->flow = (struct tcp_flow_place){ 0 };
    char *p = pen_end(e->text, version, src, (u16)(ends->ports >> 16));
    p = pen_end(pen_text(p, " > "), version, dst, (u16)ends->ports);
    e->text_len = (u8)(pen_text(p, ": ") - e->text);
}

struct conversation *conversation_find(struct conversations *c, u8 version, const void *src,
                                       const void *dst, u16 sport, u16 dport)
{
    struct tcp_flow_key ends = tcp_flow_ends(version, src, dst, sport, dport);
    u64 mixed = ends.ports;

    for (u32 i = 0; i < countof(ends.addresses); i++)
        mixed = mixed * 3 + ends.addresses[i];
    struct conversation *e = &c->entries[mixed * 0x9e3779b97f4a7c15u >> (64 - SLOT_BITS)];
    if (unlikely(!tcp_flow_equal(&e->ends, &ends)))
        fill(e, &ends, version, src, dst);
    return e;
}
