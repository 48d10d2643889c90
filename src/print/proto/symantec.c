/*
 * Packets as Symantec's firewall captures them.  LINKTYPE_SYMANTEC_FIREWALL,
 * www.tcpdump.org/linktypes: 44 bytes of which only the EtherType at 6 is known.
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/ether.h"

enum { TYPE = 6, HEADER_LEN = 44 };

static void say_header(struct dissect *d, u16 type, u32 length)
{
    const char *name = ethertype_name(type);

    if (type <= ETHER_LENGTH_MAX)
        say(d, "invalid ethertype %u", type);
    else if (d->opt->quick && name != NULL)
        say_z(d, name);
    else if (d->opt->quick)
        say(d, "Unknown Ethertype (0x%04x)", type);
    else
        say(d, "ethertype %s (0x%04x)", name != NULL ? name : "Unknown", type);
    say(d, ", length %u: ", length);
}

void print_symantec(struct dissect *d, struct view v)
{
    d->proto = "symantec";
    if (!link_header(d, v, HEADER_LEN))
        return;
    u16 type = be16_at(d, v, TYPE);
    if (d->opt->link_header)
        say_header(d, type, v.len);
    struct view payload = view_from(v, HEADER_LEN);
    if (type > ETHER_LENGTH_MAX && dispatch_ether(d, type, payload))
        return;
    if (!d->opt->link_header)
        say_header(d, type, v.len);
    say_payload(d, payload);
}
