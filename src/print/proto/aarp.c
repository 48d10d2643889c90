/*
 * AARP: the address resolution of AppleTalk.  Inside AppleTalk, second edition, chapter 2.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |         hardware type         |         protocol type         |
 *   +---------------+---------------+-------------------------------+
 *   |  hw. length   | prot. length  |           function            |
 *   +---------------+---------------+-------------------------------+
 *   |    source: hardware address (6), then zero, network, node     |
 *   |                      destination: the same                    |
 *   +---------------------------------------------------------------+
 */
#include "base/ethertype.h"
#include "print/printer.h"

enum {
    HARDWARE_TYPE,
    PROTOCOL_TYPE = 2,
    HARDWARE_LEN = 4,
    PROTOCOL_LEN,
    FUNCTION,
    SOURCE_HARDWARE = 8,
    SOURCE = 14,
    DESTINATION = 24,
    AARP_LEN = 28,
};

enum { REQUEST = 1, REPLY, PROBE };

/* An address behind its leading zero. */
static void say_address(struct dissect *d, struct view v, u32 at)
{
    say_at(d, v, "%lu.%lu", AT_BE16(at + 1), AT_U8(at + 3));
}

static void say_question(struct dissect *d, struct view v, const char *what)
{
    say_z(d, what);
    say_address(d, v, DESTINATION);
    say_z(d, " tell ");
    say_address(d, v, SOURCE);
}

void print_aarp(struct dissect *d, struct view v)
{
    d->proto = "aarp";
    say_z(d, "aarp ");
    if (!view_has(v, 0, AARP_LEN)) {
        truncated(d);
        return;
    }
    u32 hardware = be16_at(d, v, HARDWARE_TYPE), protocol = be16_at(d, v, PROTOCOL_TYPE);
    u32 hardware_len = u8_at(d, v, HARDWARE_LEN), protocol_len = u8_at(d, v, PROTOCOL_LEN);
    u32 function = be16_at(d, v, FUNCTION);
    bool usual = hardware == 1 && protocol == ETHERTYPE_ATALK && hardware_len == 6 && protocol_len == 4;
    if (usual && function == REQUEST) {
        say_question(d, v, "who-has ");
    } else if (usual && function == PROBE) {
        say_question(d, v, "probe ");
    } else if (usual && function == REPLY) {
        say_z(d, "reply ");
        say_address(d, v, SOURCE);
        say_at(d, v, " is-at %pM", AT_ADDRESS(SOURCE_HARDWARE));
    } else {
        say(d, "len %u op %u htype %u ptype %s%x halen %u palen %u", v.len, function, hardware,
            protocol != 0 ? "0x" : "", protocol, hardware_len, protocol_len);
    }
}
