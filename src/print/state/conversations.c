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

static char *pen_both_ends(char *p, const struct conversation *c)
{
    const u8 *hosts = (const u8 *)c->hosts;
    u8 version = (u8)(c->ports >> 32);

    p = pen_end(p, version, hosts, (u16)(c->ports >> 16));
    p = pen_end(pen_text(p, " > "), version, hosts + (version == 4 ? 4 : 16), (u16)c->ports);
    return pen_text(p, ": ");
}

static SPEED_INLINE u64 load_eight(const void *from)
{
    u64 bytes;
    memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/* Any mixture will do: who makes pairs of ends meet in an entry gains nothing. */
static SPEED_INLINE u32 slot_of(u64 hosts, u64 ports)
{
    return (u32)((hosts ^ ports << 13) * 0x9e3779b97f4a7c15u >> (64 - SLOT_BITS));
}

static struct conversation *renew(struct conversation *c, u64 ports)
{
    c->ports = ports;
    c->flow = (struct tcp_flow_place){ 0 };
    c->text_len = 0;
    c->written = false;
    return c;
}

static struct conversation *find4(struct conversations *t, const u8 *hosts, u64 ports)
{
    u64 both = load_eight(hosts);
    struct conversation *c = &t->entries[slot_of(both, ports)];

    if (likely(c->ports == ports && c->hosts[0] == both))
        return c;
    c->hosts[0] = both;
    return renew(c, ports);
}

static struct conversation *find6(struct conversations *t, const u8 *hosts, u64 ports)
{
    u64 src_low = load_eight(hosts + 8), dst_low = load_eight(hosts + 24);
    struct conversation *c = &t->entries[slot_of(src_low + dst_low * 3, ports)];

    if (likely(c->ports == ports && c->hosts[1] == src_low && c->hosts[3] == dst_low &&
               c->hosts[0] == load_eight(hosts) && c->hosts[2] == load_eight(hosts + 16)))
        return c;
    c->hosts[0] = load_eight(hosts);
    c->hosts[1] = src_low;
    c->hosts[2] = load_eight(hosts + 16);
    c->hosts[3] = dst_low;
    return renew(c, ports);
}

struct conversation *conversation_find(struct conversations *t, u8 version, const void *hosts, u16 sport,
                                       u16 dport)
{
    u64 ports = (u64)version << 32 | (u64)sport << 16 | dport;

    return version == 4 ? find4(t, hosts, ports) : find6(t, hosts, ports);
}

NOINLINE char *conversation_write(struct conversation *c, char *p, bool often)
{
    if (often || c->written)
        c->text_len = (u8)(pen_both_ends(c->text, c) - c->text);
    c->written = true;
    return pen_both_ends(p, c);
}
