/*
 * IP over FireWire as Apple captures it.  LINKTYPE_APPLE_IP_OVER_IEEE1394,
 * www.tcpdump.org/linktypes.
 *
 *   destination 8, source 8, EtherType 2
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { DESTINATION, SOURCE = 8, ADDRESS_LEN = 8, TYPE = 16, HEADER_LEN = 18 };

static void say_header(struct dissect *d, struct view v)
{
    u16 type = be16_at(d, v, TYPE);
    const char *name = ethertype_name(type);

    say_colon_hex(d, v, SOURCE, ADDRESS_LEN);
    say_z(d, " > ");
    say_colon_hex(d, v, DESTINATION, ADDRESS_LEN);
    if (!d->opt->quick)
        say(d, ", ethertype %s (0x%04x)", name != NULL ? name : "Unknown", type);
    else if (name != NULL)
        say(d, ", %s", name);
    else
        say(d, ", Unknown Ethertype (0x%04x)", type);
    say(d, ", length %u: ", v.len);
}

void print_ieee1394(struct dissect *d, struct view v)
{
    d->proto = "ap1394";
    if (!link_header(d, v, HEADER_LEN))
        return;
    if (d->opt->link_header)
        say_header(d, v);
    struct view payload = view_from(v, HEADER_LEN);
    if (dispatch_ether(d, be16_at(d, v, TYPE), payload))
        return;
    if (!d->opt->link_header)
        say_header(d, v);
    say_payload(d, payload);
}
