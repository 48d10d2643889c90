/*
 * EAP over LAN.  IEEE 802.1X-2010, clause 11.3.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |   version     |     type      |            length             |
 *   +---------------+---------------+-------------------------------+
 */
#include "print/printer.h"
#include "print/proto/eap.h"

enum { VERSION, TYPE, LENGTH, HEADER_LEN = 4 };
enum { PACKET };

NAMES(types,
      (PACKET, "EAP packet")
      (1, "EAPOL start")
      (2, "EAPOL logoff")
      (3, "EAPOL key")
      (4, "Encapsulated ASF alert"));

/* The packet in `v`, which EAPOL says has `expected` bytes. */
static void say_packet(struct dissect *d, struct view v, u32 expected)
{
    enum { EAP_LENGTH = 2, EAP_HEADER = 4 };

    if (expected == 0) {
        truncated(d);
        return;
    }
    say_z(d, ", ");
    if (!need(d, v, 0, EAP_HEADER))
        return;
    if (be16_at(d, v, EAP_LENGTH) == expected)
        say_eap(d, view_claim(v, expected));
    else
        say_z(d, "EAP fragment?");
}

void print_eapol(struct dissect *d, struct view v)
{
    d->proto = "eap";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    u8 type = u8_at(d, v, TYPE);
    u32 len = be16_at(d, v, LENGTH);

    say_at(d, v, "%s (%u) v%lu, len %u", name_of(d, &types.names, type, "unknown"), type,
           AT_U8(VERSION), len);
    if (type == PACKET && verbose(d, 1))
        say_packet(d, view_from(v, HEADER_LEN), len);
}
