/*
 * NetFlow, versions 1, 5 and 6.  Cisco, "NetFlow Export Datagram Format".
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |            version            |       number of records       |
 *   +-------------------------------+-------------------------------+
 *   |         uptime, milliseconds; time: seconds, nanoseconds      |
 *   |                     sequence (version 5, 6)                   |
 *   |                  engine, sampling (version 5, 6)              |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/ip.h"

enum { VERSION, COUNT = 2, UPTIME = 4, SECONDS = 8, NANOSECONDS = 12, SEQUENCE = 16 };
enum { V1_HEADER_LEN = 16, HEADER_LEN = 24 };

/* A record; as tcpdump: of 48 and 52 bytes, where routers send 52 and 48. */
enum {
    SOURCE,
    DESTINATION = 4,
    NEXT_HOP = 8,
    PACKETS = 16,
    OCTETS = 20,
    FIRST = 24,
    LAST = 28,
    SOURCE_PORT = 32,
    DESTINATION_PORT = 34,
    FLAGS = 37,
    PROTOCOL = 38,
    TOS = 39,
    V1_FLAGS = 40,
    SOURCE_AS = 40,
    DESTINATION_AS = 42,
    SOURCE_MASK = 44,
    DESTINATION_MASK = 45,
    IN_ENCAPSULATION = 46,
    OUT_ENCAPSULATION = 47,
    V1_RECORD_LEN = 48,
    RECORD_LEN = 52,
};

static void say_milliseconds(struct dissect *d, const char *before, u32 value)
{
    say(d, "%s%u.%03u", before, value / 1000, value % 1000);
}

/* One end of a flow; from version 5 on with mask and autonomous system. */
static void say_end(struct dissect *d, struct view v, bool v1, u32 address, u32 port)
{
    bool source = address == SOURCE;

    say(d, "%pi4", bytes_at(d, v, address, 4));
    if (!v1)
        say_at(d, v, "/%lu:%lu", AT_U8(source ? SOURCE_MASK : DESTINATION_MASK),
               AT_BE16(source ? SOURCE_AS : DESTINATION_AS));
    say_at(d, v, ":%lu", AT_BE16(port));
}

static void say_flags(struct dissect *d, u8 flags)
{
    static const char letters[6] = "FSRPAU"; /* from the lowest bit on */

    for (u32 i = 0; i < sizeof letters; i++)
        if ((flags & 1u << i) != 0)
            out_char(d->out, letters[i]);
    if (flags != 0)
        say_z(d, " ");
}

static void say_record(struct dissect *d, struct view v, u32 version)
{
    enum { TCP = 6 };
    bool v1 = version == 1;
    u8 protocol = u8_at(d, v, PROTOCOL);
    const char *keyword = d->opt->numeric ? NULL : ip_protocol_keyword(protocol);

    say_milliseconds(d, "\n  started ", be32_at(d, v, FIRST));
    say_milliseconds(d, ", last ", be32_at(d, v, LAST));
    say_z(d, "\n    ");
    say_end(d, v, v1, SOURCE, SOURCE_PORT);
    say_z(d, " > ");
    say_end(d, v, v1, DESTINATION, DESTINATION_PORT);
    say(d, " >> %pi4\n    ", bytes_at(d, v, NEXT_HOP, 4));
    if (keyword != NULL)
        say(d, "%s ", keyword);
    else
        say(d, "%u ", protocol);
    if (protocol == TCP)
        say_flags(d, u8_at(d, v, v1 ? V1_FLAGS : FLAGS));
    say_at(d, v, "tos %lu, %lu (%lu octets) ", AT_U8(TOS), AT_BE32(PACKETS), AT_BE32(OCTETS));
    if (version == 6)
        say_at(d, v, "(%lu<>%lu encaps)", AT_U8(IN_ENCAPSULATION), AT_U8(OUT_ENCAPSULATION));
}

void print_cnfp(struct dissect *d, struct view v)
{
    d->proto = "cnfp";
    u32 version = be16_at(d, v, VERSION);
    bool v1 = version == 1;
    u32 header_len = v1 ? V1_HEADER_LEN : HEADER_LEN, record_len = v1 ? V1_RECORD_LEN : RECORD_LEN;
    if (d->sealed)
        return;
    if (!v1 && version != 5 && version != 6) {
        say(d, "NetFlow v%x", version);
        return;
    }
    if (!need(d, v, 0, header_len))
        return;
    u32 count = be32_at(d, v, COUNT); /* as tcpdump: with the upper half of the time behind it */
    say_milliseconds(d, v1 ? "NetFlow v1, " : version == 5 ? "NetFlow v5, " : "NetFlow v6, ",
                     be32_at(d, v, UPTIME));
    say_at(d, v, " uptime, %lu.%09lu, ", AT_BE32(SECONDS), AT_BE32(NANOSECONDS));
    if (!v1)
        say_at(d, v, "#%lu, ", AT_BE32(SEQUENCE));
    say(d, "%2u recs", count);
    v = view_from(v, header_len);
    for (u32 i = 0; repeat(d, i, count); i++) {
        if (!need(d, v, 0, record_len))
            return;
        say_record(d, v, version);
        v = view_from(v, record_len);
    }
}
