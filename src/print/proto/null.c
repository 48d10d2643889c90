/*
 * BSD loopback frames: an address family in four bytes, then the packet.  LINKTYPE_NULL has it in
 * the byte order of the machine that captured, LINKTYPE_LOOP in network byte order.
 */
#include "base/llc.h"
#include "print/printer.h"
#include "print/proto/atalk.h"
#include "print/proto/family.h"

enum { FAMILY, HEADER_LEN = 4 };

static void say_header(struct dissect *d, u32 family, u32 length)
{
    if (d->opt->quick)
        say(d, "%s", name_of(d, bsd_families, family, "Unknown AF %u"));
    else
        say(d, "AF %s (%u)", name_of(d, bsd_families, family, "Unknown"), family);
    say(d, ", length %u: ", length);
}

static bool say_content(struct dissect *d, u32 family, struct view v)
{
    switch (family) {
    case BSD_INET: print_ip(d, v); return true;
    case BSD_INET6_BSD:
    case BSD_INET6_FREEBSD:
    case BSD_INET6_DARWIN: print_ip6(d, v); return true;
    case BSD_ISO: return dispatch_llc(d, SAP_ISONS, SAP_ISONS, v);
    case BSD_APPLETALK: print_atalk(d, v); return true;
    case BSD_IPX: return dispatch_llc(d, SAP_IPX, SAP_IPX, v);
    default: return false;
    }
}

void print_null(struct dissect *d, struct view v)
{
    d->proto = "null";
    if (!need(d, v, 0, HEADER_LEN))
        return;
    /* families are small numbers, which tells the byte order */
    u32 family = le32_at(d, v, FAMILY);
    if (family > UINT16_MAX)
        family = be32_at(d, v, FAMILY);
    struct view payload = view_from(v, HEADER_LEN);

    d->link_header_len += HEADER_LEN;
    if (d->opt->link_header)
        say_header(d, family, v.len);
    if (say_content(d, family, payload))
        return;
    if (!d->opt->link_header)
        say_header(d, family, v.len);
    say_payload(d, payload);
}
