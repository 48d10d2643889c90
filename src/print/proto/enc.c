/*
 * Packets as OpenBSD's enc(4) interface shows them, before or after IPsec.  LINKTYPE_ENC,
 * www.tcpdump.org/linktypes.
 *
 *   address family 4, SPI 4 (network order), flags 4: in the byte order of the host
 */
#include "print/printer.h"
#include "print/proto/family.h"

enum { FAMILY, SPI = 4, FLAGS = 8, HEADER_LEN = 12 };

enum { CONFIDENTIAL = 0x0400, AUTHENTIC = 0x0800 };

NAMES(protections,
      (AUTHENTIC, "authentic")
      (CONFIDENTIAL, "confidential"));

/* As tcpdump: what it does not know is taken to follow, so that the bracket stays open. */
static void say_flags(struct dissect *d, u32 flags)
{
    if (flags == 0)
        say_z(d, "unprotected");
    for (u32 i = 0; i < protections.names.rows; i++) {
        u32 bit = names_value(&protections.names, i);
        if ((flags & bit) != 0) {
            flags &= ~bit;
            say(d, "%s%s", names_text(&protections.names, i), flags == 0 ? "" : ",");
        }
    }
    if (flags == 0)
        say_z(d, "): ");
}

void print_enc(struct dissect *d, struct view v)
{
    d->proto = "enc";
    if (!link_header(d, v, HEADER_LEN))
        return;
    u32 family = le32_at(d, v, FAMILY), flags = le32_at(d, v, FLAGS);
    if (family > UINT16_MAX) {
        family = be32_at(d, v, FAMILY);
        flags = be32_at(d, v, FLAGS);
    }
    say_z(d, "(");
    say_flags(d, flags);
    say_at(d, v, "SPI 0x%08lx: ", AT_BE32(SPI));
    struct view payload = view_from(v, HEADER_LEN);
    switch (family) {
    case BSD_INET: print_ip(d, payload); break;
    case BSD_INET6_BSD:
    case BSD_INET6_FREEBSD:
    case BSD_INET6_DARWIN: print_ip6(d, payload); break;
    default: break;
    }
}
