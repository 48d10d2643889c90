/* Frames that lead to each printer, made from the rows of print/registry.def. */
#include "frames.h"

#include "base/bytes.h"
#include "base/ethertype.h"
#include "base/ipproto.h"
#include "base/linktype.h"
#include "base/llc.h"
#include "base/mem.h"
#include "base/port.h"
#include "print/proto/ppp.h"

enum { OTHER_PORT = 40000, SRC = 1, DST = 2, EITHER = 3 };

/* A link type, an EtherType, a protocol, a port ... and for ports, whose it is. */
struct key {
    u64 key;
    u8 sides;
};

static const struct key links[] = {
#define LINK(key, printer_, name) { key, 0 },
#include "print/registry.def"
};
static const struct key ethers[] = {
#define ETHER(key, printer_, name) { key, 0 },
#include "print/registry.def"
};
static const struct key protocols[] = {
#define IPPROTO(key, printer_, name) { key, 0 },
#include "print/registry.def"
};
static const struct key ppps[] = {
#define PPP(key, printer_, name) { key, 0 },
#include "print/registry.def"
};
static const struct key llcs[] = {
#define LLC(key, printer_, name) { key, 0 },
#include "print/registry.def"
};
static const struct key snaps[] = {
#define SNAP(oui, type, printer_, name) { (u64)(oui) << 16 | (type), 0 },
#include "print/registry.def"
};
static const struct key tcps[] = {
#define TCP(side, port, printer_, name)            { port, side },
#define TCP_IF(guard_, side, port, printer_, name) { port, side },
#include "print/registry.def"
};
static const struct key udps[] = {
#define UDP(side, port, printer_, name)                         { port, side },
#define UDP_IF(guard_, side, port, printer_, name)              { port, side },
#define UDP_PLAIN_IF(guard_, side, port, printer_, name)        { port, side },
#define UDP_RANGE_IF(guard_, side, first, last, printer_, name) { first, side },
#include "print/registry.def"
};
static const struct key forced_tcps[] = {
#define FORCED_TCP(key, printer_, name) { key, 0 },
#include "print/registry.def"
};
static const struct key forced_udps[] = {
#define FORCED_UDP(key, printer_, name) { key, 0 },
#include "print/registry.def"
};

static u8 *grow(struct frame *f, u32 size)
{
    u8 *at = f->bytes + f->size;
    memset(at, 0, size);
    f->size += size;
    return at;
}

static void put_ether(struct frame *f, u16 type_or_length)
{
    u8 *ether = grow(f, 14);
    ether[0] = ether[6] = 2;
    store_be16(ether + 12, type_or_length);
}

/* `protocol` with `size` bytes of it, the fixed header included. */
static void put_ip(struct frame *f, u8 options, u8 protocol, u32 size)
{
    put_ether(f, options & FRAME_IPV6 ? ETHERTYPE_IPV6 : ETHERTYPE_IP);
    if (options & FRAME_IPV6) {
        u8 *ip = grow(f, 40);
        ip[0] = 0x60;
        store_be16(ip + 4, (u16)size);
        ip[6] = protocol;
        ip[23] = ip[39] = 1;
        return;
    }
    u8 *ip = grow(f, 20);
    ip[0] = 0x45;
    store_be16(ip + 2, (u16)(size + 20));
    ip[6] = options & FRAME_LATER_FRAGMENT ? 1 : 0;
    ip[8] = 64;
    ip[9] = protocol;
    ip[12] = ip[16] = 10;
}

static void put_ports(u8 *at, const struct key *k)
{
    store_be16(at, k->sides & SRC ? (u16)k->key : OTHER_PORT);
    store_be16(at + 2, k->sides & DST ? (u16)k->key : OTHER_PORT);
}

static void put_tcp(struct frame *f, u8 options, const struct key *k, u32 size)
{
    put_ip(f, options & (u8)~FRAME_LATER_FRAGMENT, IPPROTO_TCP, size + 20);
    u8 *tcp = grow(f, 20);
    put_ports(tcp, k);
    tcp[12] = 0x50;
    tcp[13] = 0x18;
}

static void put_udp(struct frame *f, u8 options, const struct key *k, u32 size)
{
    put_ip(f, options & (u8)~FRAME_LATER_FRAGMENT, IPPROTO_UDP, size + 8);
    u8 *udp = grow(f, 8);
    put_ports(udp, k);
    store_be16(udp + 4, (u16)(size + 8));
}

void frame_begin(struct frame *f, u8 space, u8 row, u8 options, u32 size)
{
    static const struct key no_port = { OTHER_PORT, EITHER }; /* -T decides, not the ports */
#define PICK(table) (&(table)[row % countof(table)])
    f->size = 0;
    f->forced = FORCE_NONE;
    f->linktype = LINKTYPE_EN10MB;
    switch (space % FRAME_SPACES) {
    case 0: f->linktype = (u16)PICK(links)->key; break;
    case 1: put_ether(f, (u16)PICK(ethers)->key); break;
    case 2: put_ip(f, options, (u8)PICK(protocols)->key, size); break;
    case 3:
        f->linktype = LINKTYPE_PPP;
        store_be16(grow(f, 2), 0xff03);
        store_be16(grow(f, 2), (u16)PICK(ppps)->key);
        break;
    case 4:
        put_ether(f, (u16)((size + 3) % 1500));
        store_be16(grow(f, 2), (u16)(PICK(llcs)->key * 0x101));
        *grow(f, 1) = 3;
        break;
    case 5:
        put_ether(f, (u16)((size + 8) % 1500));
        store_be16(grow(f, 2), 0xaaaa);
        *grow(f, 1) = 3;
        *grow(f, 1) = (u8)(PICK(snaps)->key >> 32);
        store_be32(grow(f, 4), (u32)PICK(snaps)->key);
        break;
    case 6: put_tcp(f, options, PICK(tcps), size); break;
    case 7: put_udp(f, options, PICK(udps), size); break;
    case 8:
        f->forced = (enum forced_type)PICK(forced_tcps)->key;
        put_tcp(f, options, &no_port, size);
        break;
    case 9:
        f->forced = (enum forced_type)PICK(forced_udps)->key;
        put_udp(f, options, &no_port, size);
        break;
    }
#undef PICK
}

u32 frame_rows(u8 space)
{
    static const u32 counts[FRAME_SPACES] = {
        countof(links),       countof(ethers),      countof(protocols), countof(ppps),
        countof(llcs),        countof(snaps),       countof(tcps),      countof(udps),
        countof(forced_tcps), countof(forced_udps),
    };
    return counts[space % FRAME_SPACES];
}
