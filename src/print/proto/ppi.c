/*
 * Per-packet information: a header before the packet of another link type.  CACE Technologies,
 * "PPI Packet Header Format", section 2.  Numbers are little-endian.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    version    |     flags     |    length of this header      |
 *   |                   link type, a DLT_ number                    |
 *   |  fields, of which nothing is shown                            |
 *   +---------------------------------------------------------------+
 */
#include "base/linktype.h"
#include "print/printer.h"

enum { VERSION, LENGTH = 2, DLT = 4, HEADER_LEN = 8, LENGTH_MAX = 65532 };

static void say_header(struct dissect *d, struct view v, const char *name)
{
    if (d->opt->quick)
        say_z(d, name);
    else
        say_at(d, v, "V.%lu DLT %s (%lu) len %lu", AT_U8(VERSION), name, AT_LE32(DLT),
               AT_LE16(LENGTH));
    say(d, ", length %u: ", v.len);
}

void print_ppi(struct dissect *d, struct view v)
{
    d->proto = "ppi";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    u32 len = le16_at(d, v, LENGTH);
    if (len < HEADER_LEN || len > LENGTH_MAX) {
        say(d, " [length %u < %u or > %u]", len, (unsigned)HEADER_LEN, (unsigned)LENGTH_MAX);
        invalid(d);
        d->link_header_len += v.cap;
        return;
    }
    if (!view_has(v, 0, len)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    const struct linktype_info *type = linktype_by_dlt(le32_at(d, v, DLT));
    bool known = type != NULL && registry_has_link(type->number);
    if (d->opt->link_header || !known)
        say_header(d, v, type != NULL ? linktype_name(type) : "UNKNOWN");
    struct view packet = view_from(v, len);
    if (known)
        dispatch_link(d, type->number, packet);
    else
        say_payload(d, packet);
    if (!d->sealed)
        d->link_header_len += len + d->link_header_len; /* as tcpdump: the inner header twice */
}
