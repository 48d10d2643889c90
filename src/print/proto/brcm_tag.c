/*
 * Broadcom switch tags: where a frame came into a switch, or where it is to leave.  Format:
 * Linux, net/dsa/tag_brcm.c.
 *
 *    0               1               2               3
 *   +-----+---------+---------------+---------------+-----+---------+
 *   |  op |         |   client id   |  reason code  |  TC |   port  |   to the processor
 *   +-----+---------+-+-----+---+---+-------------+-+-----+---------+
 *   |  op |         |T|     | TC|TE |             | destination map |   from it
 *   +-----+---------+-+-----+---+---+-------------+-----------------+
 */
#include "print/printer.h"
#include "print/proto/ether.h"

enum { OPERATION, CLIENT, REASON, PORT, TAG_LEN };

enum { FROM_PROCESSOR = 0x20, TIME_STAMP_SHIFT = 7, CLASS_SHIFT = 5, PORT_MASK = 0x1f };

enum { DESTINATIONS = 2, DESTINATIONS_MASK = 0x1ff, INGRESS_CLASS_SHIFT = 2 };

NAMES(reasons,
      (1, "mirror")
      (2, "MAC learning")
      (4, "switching")
      (8, "prot term")
      (16, "prot snoop")
      (32, "exception"));

static const char *const encapsulations[] = { "None", "Untag", "Header", "Reserved" };

static void say_tag(struct dissect *d, struct view v)
{
    u8 operation = u8_at(d, v, OPERATION), client = u8_at(d, v, CLIENT);

    say(d, "BRCM tag OP: %s, ", operation != 0 ? "IG" : "EG");
    if ((operation & FROM_PROCESSOR) != 0)
        say(d, "TC: %u, TE: %s, TS: %u, DST map: 0x%04x", client >> INGRESS_CLASS_SHIFT & 7,
            encapsulations[client & 3], client >> TIME_STAMP_SHIFT,
            be16_at(d, v, DESTINATIONS) & DESTINATIONS_MASK);
    else
        say(d, "CID: %u, RC: %s, TC: %u, port: %u", client,
            name_of(d, &reasons.names, u8_at(d, v, REASON), "reserved"), u8_at(d, v, PORT) >> CLASS_SHIFT,
            u8_at(d, v, PORT) & PORT_MASK);
    say_z(d, ", ");
}

void print_brcm_tag(struct dissect *d, struct view v)
{
    ether_switched(d, v, &(struct switch_tag){ "brcm-tag", TAG_LEN, say_tag });
}

void print_brcm_prepend(struct dissect *d, struct view v)
{
    d->proto = "brcm-tag-prepend";
    if (!link_header(d, v, TAG_LEN))
        return;
    if (d->opt->link_header)
        say_tag(d, v);
    print_link_ether(d, view_from(v, TAG_LEN));
}
