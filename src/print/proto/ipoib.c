/*
 * IP over InfiniBand with its pseudo header.  LINKTYPE_IPOIB, www.tcpdump.org/linktypes; RFC 4391,
 * section 6.
 *
 *   global routing header 40, or what stands for it; EtherType 2, reserved 2
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { TYPE = 40, HEADER_LEN = 44 };

static void say_header(struct dissect *d, u16 type, u32 length)
{
    const char *name = ethertype_name(type);

    say(d, ", ethertype %s", name != NULL ? name : "Unknown");
    if (!d->opt->quick)
        say(d, " (0x%04x)", type);
    say(d, ", length %u: ", length);
}

void print_ipoib(struct dissect *d, struct view v)
{
    d->proto = "ipoib";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    d->link_header_len += HEADER_LEN;
    u16 type = be16_at(d, v, TYPE);
    if (d->opt->link_header) {
        say_z(d, "IPOIB");
        say_header(d, type, v.len);
    }
    struct view payload = view_from(v, HEADER_LEN);
    if (dispatch_ether(d, type, payload))
        return;
    if (!d->opt->link_header)
        say_header(d, type, v.len);
    say_payload(d, payload);
}
