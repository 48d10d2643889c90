/*
 * MPLS: a stack of labels before a packet.  RFC 3032, section 2.1; class of service: RFC 5462; over
 * UDP: RFC 7510; in IP: RFC 4023.
 *
 *    0                                       2             3
 *   +---------------------------------------+-----+-+---------------+
 *   |               label                   | TC  |S|     TTL       |
 *   +---------------------------------------+-----+-+---------------+
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/printer.h"

enum { ENTRY_LEN = 4 };

enum { LABEL_SHIFT = 12, TC_SHIFT = 9, TC_MASK = 7, BOTTOM = 0x100, TTL_MASK = 0xff };

/* RFC 3032, section 2.1; the labels up to 15 are reserved. */
enum { LABEL_IPV4_NULL, LABEL_IPV6_NULL = 2, LABEL_IMPLICIT_NULL, LABEL_RESERVED_MAX = 15 };

NAMES(reserved,
      (0, "IPv4 explicit NULL")
      (1, "router alert")
      (2, "IPv6 explicit NULL")
      (3, "implicit NULL"));

static void say_separator(struct dissect *d) { say_z(d, verbose(d, 1) ? "\n\t" : " "); }

static void say_entry(struct dissect *d, u32 entry)
{
    u32 label = entry >> LABEL_SHIFT;

    say(d, "(label %u", label);
    if (verbose(d, 1) && label <= LABEL_RESERVED_MAX)
        say(d, " (%s)", name_of(d, &reserved.names, label, "rsvd"));
    say(d, ", tc %u", entry >> TC_SHIFT & TC_MASK);
    if ((entry & BOTTOM) != 0)
        say_z(d, ", [S]");
    say(d, ", ttl %u)", entry & TTL_MASK);
}

/* What the first byte of a payload tells, as nothing else does.  0 for nothing known. */
static u16 guess(u8 first)
{
    enum { NLPID_CLNP = 0x81, NLPID_IS_IS = 0x83 };

    if (first >= 0x45 && first <= 0x4f)
        return ETHERTYPE_IP;
    if (first >= 0x60 && first <= 0x6f)
        return ETHERTYPE_IPV6;
    return first >= NLPID_CLNP && first <= NLPID_IS_IS ? ETHERTYPE_GRE_ISO : 0;
}

static void say_content(struct dissect *d, u32 label, struct view v)
{
    u16 type = 0;
    bool known = false;

    if (label == LABEL_IPV4_NULL || label == LABEL_IMPLICIT_NULL)
        type = ETHERTYPE_IP;
    else if (label == LABEL_IPV6_NULL)
        type = ETHERTYPE_IPV6;
    else if (v.len > 0)
        type = guess(u8_at(d, v, 0));

    if (type != 0) {
        say_separator(d);
        known = type == ETHERTYPE_GRE_ISO ? dispatch_llc(d, SAP_ISONS, SAP_ISONS, v)
                                          : dispatch_ether(d, type, v);
    }
    if (known)
        return;
    if (d->opt->no_payload_dump)
        return;
    say_payload(d, v);
    need(d, v, 0, v.len); /* as tcpdump: the dump itself says when it is cut */
}

void print_mpls(struct dissect *d, struct view v)
{
    u32 entry = 0;

    d->proto = "mpls";
    say_z(d, "MPLS");
    for (bool first = true; (entry & BOTTOM) == 0; first = false) {
        if (v.len < ENTRY_LEN) {
            invalid(d);
            need(d, v, 0, v.len);
            return;
        }
        if (!view_has(v, 0, ENTRY_LEN)) {
            seal(d);
            return;
        }
        if (first)
            say_z(d, " ");
        else
            say_separator(d);
        entry = be32_at(d, v, 0);
        say_entry(d, entry);
        v = view_from(v, ENTRY_LEN);
    }
    if (v.len > 0)
        say_content(d, entry >> LABEL_SHIFT, v);
}
