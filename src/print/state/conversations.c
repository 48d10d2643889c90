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

static char *pen_both_ends(char *p, const struct tcp_flow_key *ends, const void *src, const void *dst)
{
    u8 version = (u8)(ends->ports >> 32);

    p = pen_end(p, version, src, (u16)(ends->ports >> 16));
    p = pen_end(pen_text(p, " > "), version, dst, (u16)ends->ports);
    return pen_text(p, ": ");
}

/* Compared where they are, and not by a key made for it: that is stored in parts and read as a whole. */
static ALWAYS_INLINE bool has_addresses(const struct conversation *e, u8 version, const void *src,
                                        const void *dst)
{
    const u64 *a = e->ends.addresses;

    if (version == 4)
        return a[0] == ((u64)load_be32(src) << 32 | load_be32(dst));
    return a[0] == load_be64(src) && a[2] == load_be64(dst) && a[1] == load_be64((const u8 *)src + 8) &&
           a[3] == load_be64((const u8 *)dst + 8);
}

/* Any mixture will do: who makes pairs of ends meet in an entry gains nothing. */
static ALWAYS_INLINE u32 slot_of(u8 version, const void *src, const void *dst, u64 ports)
{
    u32 last = version == 4 ? 0 : 12;
    u64 hosts = (u64)load_be32((const u8 *)src + last) << 32 | load_be32((const u8 *)dst + last);

    return (u32)((hosts ^ ports << 13) * 0x9e3779b97f4a7c15u >> (64 - SLOT_BITS));
}

struct conversation *conversation_find(struct conversations *c, u8 version, const void *src,
                                       const void *dst, u16 sport, u16 dport)
{
    u64 ports = (u64)version << 32 | (u64)sport << 16 | dport;
    struct conversation *e = &c->entries[slot_of(version, src, dst, ports)];

    if (e->ends.ports != ports || !has_addresses(e, version, src, dst)) {
        e->ends = tcp_flow_ends(version, src, dst, sport, dport);
        e->flow = (struct tcp_flow_place){ 0 };
        e->text_len = 0;
        e->written = false;
    }
    return e;
}

NOINLINE char *conversation_write(struct conversation *e, char *p, const void *src, const void *dst)
{
    if (e->written)
        e->text_len = (u8)(pen_both_ends(e->text, &e->ends, src, dst) - e->text);
    e->written = true;
    return pen_both_ends(p, &e->ends, src, dst);
}
