/*
 * Packets of Solaris' IP layer.  LINKTYPE_IPNET, www.tcpdump.org/linktypes.
 *
 *   version 1, address family 1, hook 2, packet length 4, interface 4, group's interface 4,
 *   source zone 4, destination zone 4: in network byte order
 */
#include "print/printer.h"

enum { FAMILY = 1, SOURCE_ZONE = 16, DESTINATION_ZONE = 20, HEADER_LEN = 24 };

enum family { SOLARIS_INET = 2, SOLARIS_INET6 = 26 };

NAMES(families,
      (SOLARIS_INET, "IPv4")
      (SOLARIS_INET6, "IPv6"));

static void say_header(struct dissect *d, struct view v)
{
    u8 family = u8_at(d, v, FAMILY);

    say_at(d, v, "%lu > %lu, ", AT_BE32(SOURCE_ZONE), AT_BE32(DESTINATION_ZONE));
    if (d->opt->quick)
        say(d, "%s", name_of(d, &families.names, family, "Unknown Ethertype (0x%04x)"));
    else
        say(d, "family %s (%u)", name_of(d, &families.names, family, "Unknown"), family);
    say(d, ", length %u: ", v.len);
}

void print_ipnet(struct dissect *d, struct view v)
{
    struct view payload = view_from(v, HEADER_LEN);

    d->proto = "ipnet";
    if (!link_header(d, v, HEADER_LEN))
        return;
    if (d->opt->link_header)
        say_header(d, v);
    switch (u8_at(d, v, FAMILY)) {
    case SOLARIS_INET: print_ip(d, payload); break;
    case SOLARIS_INET6: print_ip6(d, payload); break;
    default:
        if (!d->opt->link_header)
            say_header(d, v);
        say_payload(d, payload);
        break;
    }
}
