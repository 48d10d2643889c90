/*
 * ARCNET.  RFC 1201, section 2, with fragments; RFC 1051 without.
 *
 *   BSD     source 1, destination 1; type 1; [flag 1, sequence 2; with flag 0xff, which is
 *           padding, the two again]
 *   Linux   source 1, destination 1, offset 2; type 1; [flag 1, sequence 2]
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/hexdump.h"
#include "print/printer.h"

enum { SOURCE, DESTINATION, TYPE, FLAG, SEQUENCE, BSD_LEN = 3, BSD_FRAGMENT_LEN = 6 };

enum { PADDING = 0xff, PADDED_FLAG = 7, PADDED_SEQUENCE = 8, PADDED_LEN = 10 };

enum { LINUX_TYPE = 4, LINUX_LEN, LINUX_FRAGMENT_LEN = 8 };

enum type {
    TYPE_DIAGNOSE = 0x80,
    TYPE_IPV6 = 0xc4,
    TYPE_IP = 0xd4,
    TYPE_ARP = 0xd5,
    TYPE_RARP = 0xd6,
    TYPE_APPLETALK = 0xdd,
    TYPE_OLD_IP = 0xf0,
    TYPE_OLD_ARP = 0xf1,
    TYPE_BANYAN = 0xf7,
    TYPE_IPX = 0xfa,
};

NAMES(types,
      (TYPE_OLD_IP, "oldip")
      (TYPE_OLD_ARP, "oldarp")
      (TYPE_IP, "ip")
      (TYPE_ARP, "arp")
      (TYPE_RARP, "rarp")
      (TYPE_APPLETALK, "atalk")
      (TYPE_BANYAN, "banyan")
      (TYPE_DIAGNOSE, "diag")
      (TYPE_IPV6, "ipv6")
      (TYPE_IPX, "ipx"));

/* Whether frames of the type have no fragment header. */
static bool is_old(u8 type)
{
    return type == TYPE_OLD_IP || type == TYPE_OLD_ARP || type == TYPE_DIAGNOSE;
}

/* The fragment header of a frame; flag and sequence are 0 without one. */
struct fragment {
    bool there;
    u8 flag; /* 0: the whole packet; odd: the first of (flag + 3) / 2; even: another */
    u16 sequence;
};

static void say_header(struct dissect *d, struct view v, struct fragment f)
{
    say_at(d, v, "%02lx %02lx ", AT_U8(SOURCE), AT_U8(DESTINATION));
    if (!d->opt->quick) {
        say(d, "%s ", name_of(d, &types.names, u8_at(d, v, TYPE), "%02x"));
        if (f.there)
            say(d, "seqid %04x ", f.sequence);
        if ((f.flag & 1) != 0)
            say(d, "(first of %u fragments) ", (f.flag + 3u) / 2);
        else if (f.flag != 0)
            say(d, "(fragment %u) ", f.flag / 2u + 1);
    }
    say(d, "%u: ", v.len);
}

static bool say_content(struct dissect *d, u8 type, struct view v)
{
    switch (type) {
    case TYPE_OLD_IP:
    case TYPE_IP: print_ip(d, v); return true;
    case TYPE_IPV6: print_ip6(d, v); return true;
    case TYPE_OLD_ARP:
    case TYPE_ARP:
    case TYPE_RARP: print_arp(d, v); return true;
    case TYPE_APPLETALK:
        return dispatch_ether(d, ETHERTYPE_ATALK, v);
    case TYPE_IPX: return dispatch_llc(d, SAP_IPX, SAP_IPX, v);
    default: return false;
    }
}

/* A header that is not all there: its beginning, when it is said, and what is missing. */
static u32 say_cut(struct dissect *d, struct view v, const char *what)
{
    say_header(d, v, (struct fragment){ 0 });
    say_z(d, what);
    seal(d);
    return 0;
}

/* Returns how many bytes of header follow the type. */
static u32 say_frame(struct dissect *d, struct view v)
{
    struct fragment f = { 0 };
    u32 header_len = 0;
    u8 type = u8_at(d, v, TYPE);

    if (!is_old(type)) {
        if (!view_has(v, 0, BSD_FRAGMENT_LEN))
            return say_cut(d, v, " phds");
        f = (struct fragment){ true, u8_at(d, v, FLAG), be16_at(d, v, SEQUENCE) };
        header_len = BSD_FRAGMENT_LEN - BSD_LEN;
    }
    if (f.flag == PADDING) {
        if (!view_has(v, 0, PADDED_LEN))
            return say_cut(d, v, " phds extended");
        f = (struct fragment){ true, u8_at(d, v, PADDED_FLAG), be16_at(d, v, PADDED_SEQUENCE) };
        header_len = PADDED_LEN - BSD_LEN;
    }
    if (d->opt->link_header)
        say_header(d, v, f);
    if (f.flag != 0 && (f.flag & 1) == 0) /* only the first fragment has a header */
        return header_len;
    struct view payload = view_from(v, BSD_LEN + header_len);
    if (!say_content(d, type, payload))
        hexdump_ascii(d->out, "\n\t", payload); /* as tcpdump: whatever the options ask for */
    return header_len;
}

void print_arcnet(struct dissect *d, struct view v)
{
    d->proto = "arcnet";
    if (!link_header(d, v, BSD_LEN))
        return;
    u32 header_len = say_frame(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}

void print_arcnet_linux(struct dissect *d, struct view v)
{
    d->proto = "arcnet_linux";
    u32 header_len = is_old((u8)view_byte(v, LINUX_TYPE)) ? LINUX_LEN : LINUX_FRAGMENT_LEN;
    if (!link_header(d, v, header_len))
        return;
    if (d->opt->link_header)
        say_header(d, v, (struct fragment){ 0 }); /* as tcpdump: the offset for the type */
    struct view payload = view_from(v, header_len);
    if (!say_content(d, u8_at(d, v, LINUX_TYPE), payload))
        hexdump_ascii(d->out, "\n\t", payload); /* as tcpdump: whatever the options ask for */
}
