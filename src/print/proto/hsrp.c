/*
 * HSRP: Cisco Hot Standby Router Protocol, version 1.  RFC 2281, section 5.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |    version    |    opcode     |     state     |   hellotime   |
 *   |   holdtime    |   priority    |     group     |   reserved    |
 *   |                 authentication data (8 bytes)                 |
 *   |                      virtual IP address                       |
 *   +---------------+---------------+---------------+---------------+
 */
#include "print/printer.h"

enum { VERSION, OPCODE, STATE, HELLOTIME, HOLDTIME, PRIORITY, GROUP, RESERVED, AUTH = 8, VIRTUAL_IP = 16 };
enum { AUTH_BYTES = 8 };

NAMES(opcodes, (0, "hello") (1, "coup") (2, "resign"));

NAMES(states, (0, "initial") (1, "learn") (2, "listen") (4, "speak") (8, "standby") (16, "active"));

void print_hsrp(struct dissect *d, struct view v)
{
    d->proto = "hsrp";
    u8 version = u8_at(d, v, VERSION);
    say(d, "HSRPv%u", version);
    if (version != 0)
        return;
    say_z(d, "-");
    say(d, "%s %u: ", name_of(d, &opcodes.names, u8_at(d, v, OPCODE), "unknown (%u)"), v.len);
    say(d, "state=%s ", name_of(d, &states.names, u8_at(d, v, STATE), "Unknown (%u)"));
    say_at(d, v, "group=%lu ", AT_U8(GROUP));
    u8 reserved = u8_at(d, v, RESERVED);
    if (reserved != 0)
        say(d, "[reserved=%u!] ", reserved);
    say_at(d, v, "addr=%pI4", AT_ADDRESS(VIRTUAL_IP));
    if (!verbose(d, 1))
        return;
    say_z(d, " hellotime=");
    say_duration(d, u8_at(d, v, HELLOTIME));
    say_z(d, " holdtime=");
    say_duration(d, u8_at(d, v, HOLDTIME));
    say_at(d, v, " priority=%lu", AT_U8(PRIORITY));
    say_z(d, " auth=\"");
    say_until_nul(d, view_sub(v, AUTH, AUTH_BYTES));
    say_z(d, "\"");
}
