/*
 * Packets as macOS' pktap(4) captures them, of any link type.  LINKTYPE_PKTAP,
 * www.tcpdump.org/linktypes.
 *
 *   length 4, kind of record 4, link type 4; of the rest of the 108 bytes nothing is shown: in the
 *   byte order of the machine, which is little-endian
 */
#include "base/linktype.h"
#include "print/printer.h"

enum { LENGTH, RECORD = 4, LINK_TYPE = 8, FIELDS_LEN = 12, HEADER_MIN = 108 };

enum record { RECORD_NONE, RECORD_PACKET };

static void say_header(struct dissect *d, u32 dlt, u32 header_len, u32 length)
{
    const struct linktype_info *link = linktype_by_dlt(dlt);
    const char *name = link != NULL ? linktype_name(link) : "UNKNOWN";

    if (d->opt->quick)
        say_z(d, name);
    else
        say(d, "DLT %s (%u) len %u", name, dlt, header_len);
    say(d, ", length %u: ", length);
}

static bool say_content(struct dissect *d, u32 dlt, struct view v)
{
    const struct linktype_info *link = linktype_by_dlt(dlt);

    if (link == NULL || !registry_has_link(link->number) || !descend(d))
        return false;
    u32 before = d->link_header_len;
    dispatch_link(d, link->number, v);
    ascend(d);
    if (!d->sealed) /* as tcpdump: the header of the packet counts twice */
        d->link_header_len += d->link_header_len - before;
    return true;
}

void print_pktap(struct dissect *d, struct view v)
{
    d->proto = "pktap";
    if (v.len < HEADER_MIN) {
        say(d, " (packet too short, %u < %u)", v.len, (unsigned)HEADER_MIN);
        invalid(d);
        return;
    }
    if (!need(d, v, 0, FIELDS_LEN))
        return;
    u32 header_len = le32_at(d, v, LENGTH);
    if (header_len < HEADER_MIN || header_len > v.len) {
        bool small = header_len < HEADER_MIN;
        say(d, " (pkt_len too %s, %u %c %u)", small ? "small" : "big", header_len, small ? '<' : '>',
            small ? (unsigned)HEADER_MIN : v.len);
        invalid(d);
        return;
    }
    if (!link_header(d, v, header_len))
        return;
    u32 dlt = le32_at(d, v, LINK_TYPE);
    if (d->opt->link_header)
        say_header(d, dlt, header_len, v.len);
    struct view payload = view_from(v, header_len);
    switch (le32_at(d, v, RECORD)) {
    case RECORD_NONE: say_z(d, "no data"); break;
    case RECORD_PACKET:
        if (say_content(d, dlt, payload))
            break;
        if (!d->opt->link_header)
            say_header(d, dlt, header_len, v.len);
        say_payload(d, payload);
        break;
    default: break;
    }
}
