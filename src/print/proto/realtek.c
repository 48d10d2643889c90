/*
 * What Realtek's switches send: RRCP, their remote control protocol, loop detection, and tags.
 * openrrcp.org.ru, "RRCP protocol description".
 *
 *    0               1               2               3
 *   +---------------+-+-------------+-------------------------------+
 *   |   protocol    |R|   opcode    |        authentication         |
 *   |  register (little-endian)     |  data (32 bits, little-endian)
 *   |                               |  cookie (64 bits, lower half first)             |
 *   +---------------------------------------------------------------+
 *
 * In the answer to a hello, ports, an address and identities are in the place of register and data.
 */
#include "print/printer.h"

enum { PROTOCOL, OPCODE, AUTHENTICATION, REGISTER = 4, DATA = 6, COOKIE = 10 };
enum { DOWNLINK_PORT = 4, UPLINK_PORT, UPLINK_MAC, CHIP_ID = 12, VENDOR_ID = 14 };

enum protocol { RRCP = 1, REP, RLDP, TAG_8_BYTES, RLDP_LATER = 0x23 };

/* The upper half of the byte, in tags of these switches. */
enum { RTL8306 = 9, RTL8366RB = 10 };
enum opcode { HELLO, GET, SET, REPLY = 0x80 };

NAMES(opcodes, (0, "hello") (1, "get") (2, "set"));

static void say_rrcp(struct dissect *d, struct view v)
{
    d->proto = "rrcp";
    u8 byte = u8_at(d, v, OPCODE);
    u32 opcode = byte & ~(u32)REPLY;

    say(d, "RRCP %s: ", (byte & REPLY) != 0 ? "reply" : "query");
    say_z(d, name_of(d, &opcodes.names, opcode, "unknown opcode (0x%02x)"));
    if (opcode == GET || opcode == SET)
        say_at(d, v, " addr=0x%04lx, data=0x%08lx", AT_LE16(REGISTER), AT_LE32(DATA));
    say_at(d, v, ", auth=0x%04lx", AT_BE16(AUTHENTICATION));
    if (opcode == HELLO && (byte & REPLY) != 0) {
        say_at(d, v,
               " downlink_port=%lu, uplink_port=%lu, uplink_mac=%pM, vendor_id=%08lx ,chip_id=%04lx ",
               AT_U8(DOWNLINK_PORT), AT_U8(UPLINK_PORT), AT_ADDRESS(UPLINK_MAC), AT_BE32(VENDOR_ID),
               AT_BE16(CHIP_ID));
    } else if (opcode == GET || opcode == SET) {
        say_at(d, v, ", cookie=0x%08lx%08lx ", AT_BE32(COOKIE + 4), AT_BE32(COOKIE));
    }
}

void print_realtek(struct dissect *d, struct view v)
{
    d->proto = "rtl";
    if (d->link != NULL) /* as tcpdump: with -e for the second time */
        say(d, "%pM > %pM, ", (const void *)(d->link + 6), (const void *)d->link);
    u8 protocol = u8_at(d, v, PROTOCOL);
    switch (protocol) {
    case RRCP: say_rrcp(d, v); break;
    case REP: say_z(d, "REP"); break;
    case RLDP:
    case RLDP_LATER: say_z(d, "RLDP"); break;
    case TAG_8_BYTES: say_z(d, "Realtek 8-byte DSA tag"); break;
    default:
        if (protocol >> 4 == RTL8306)
            say_z(d, "Realtek RTL8306 4-byte DSA tag");
        else if (protocol >> 4 == RTL8366RB)
            say_z(d, "Realtek RTL8366RB 4-byte DSA tag");
        else
            say(d, "Realtek unknown type 0x%02x", protocol);
    }
}
