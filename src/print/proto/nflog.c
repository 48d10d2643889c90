/*
 * Packets that netfilter logs.  LINKTYPE_NFLOG, www.tcpdump.org/linktypes; attributes:
 * <linux/netfilter/nfnetlink_log.h>, numbers in the byte order of the machine, here little-endian.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    family     |    version    |   resource, network order     |
 *   |            length             |             type              |
 *   |  value, filled up to four bytes ...                           |
 *   +-------------------------------+-------------------------------+
 */
#include "print/printer.h"
#include "print/proto/family.h"

enum { FAMILY, VERSION, RESOURCE, HEADER_LEN = 4 };

enum { LENGTH, TYPE = 2, ATTRIBUTE_LEN = 4, ATTRIBUTE_PAYLOAD = 9 };

NAMES(families, (LINUX_INET, "IPv4") (LINUX_INET6, "IPv6"));

static void say_header(struct dissect *d, struct view header, u32 length)
{
    u8 family = u8_at(d, header, FAMILY);

    say_at(d, header, "version %lu, resource ID %lu", AT_U8(VERSION), AT_BE16(RESOURCE));
    if (d->opt->quick)
        say(d, ", %s", name_of(d, &families.names, family, "Unknown NFLOG (0x%02x)"));
    else
        say(d, ", family %s (%u)", name_of(d, &families.names, family, "Unknown"), family);
    say(d, ", length %u: ", length);
}

/* Goes to the payload, the last attribute.  False when the attributes do not fit. */
static bool find_payload(struct dissect *d, struct view *v)
{
    while (v->len > 0) {
        if (!view_has(*v, 0, ATTRIBUTE_LEN))
            return false;
        u32 len = (le16_at(d, *v, LENGTH) + 3u) & ~3u;
        if (len < ATTRIBUTE_LEN || len > v->cap)
            return false;
        u16 type = le16_at(d, *v, TYPE);
        *v = view_from(*v, type == ATTRIBUTE_PAYLOAD ? ATTRIBUTE_LEN : len);
        if (type == ATTRIBUTE_PAYLOAD)
            return true;
    }
    return true;
}

void print_nflog(struct dissect *d, struct view v)
{
    struct view payload = view_from(v, HEADER_LEN);

    d->proto = "nflog";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    u8 version = u8_at(d, v, VERSION), family = u8_at(d, v, FAMILY);
    if (version != 0) {
        say(d, "version %u (unknown)", version);
        d->link_header_len += HEADER_LEN;
        return;
    }
    if (d->opt->link_header)
        say_header(d, v, v.len);
    bool found = find_payload(d, &payload);
    d->link_header_len += view_offset(v, payload);
    if (!found) {
        truncated(d);
        return;
    }
    switch (family) {
    case LINUX_INET: print_ip(d, payload); break;
    case LINUX_INET6: print_ip6(d, payload); break;
    default:
        if (!d->opt->link_header)
            say_header(d, v, HEADER_LEN + payload.len); /* as tcpdump: without attributes */
        say_payload(d, payload);
        break;
    }
}
