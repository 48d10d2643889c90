/*
 * Ethernet frames behind the header of Hilscher's analyzer cards, with or without the preamble.
 * LINKTYPE_NETANALYZER and LINKTYPE_NETANALYZER_TRANSPARENT, www.tcpdump.org/linktypes.
 */
#include "print/printer.h"

enum { HEADER_LEN = 4, PREAMBLE_LEN = 8 };

void print_netanalyzer(struct dissect *d, struct view v)
{
    d->proto = "netanalyzer";
    if (link_header(d, v, HEADER_LEN))
        print_link_ether(d, view_from(v, HEADER_LEN));
}

void print_netanalyzer_transparent(struct dissect *d, struct view v)
{
    d->proto = "netanalyzer_transparent";
    if (link_header(d, v, HEADER_LEN + PREAMBLE_LEN))
        print_link_ether(d, view_from(v, HEADER_LEN + PREAMBLE_LEN));
}
