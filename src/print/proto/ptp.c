/*
 * PTP: the precision time protocol, version 2.  IEEE 1588-2008, clause 13; minor versions: IEEE
 * 1588-2019, clause 13.3.
 *
 *    0               1               2               3
 *   +-------+-------+-------+-------+-------------------------------+
 *   | sdo id|  type | minor |version|            length             |
 *   |    domain     |   reserved    |            flags              |
 *   |        correction, 48 bits of ns and 16 of its parts          |
 *   |                          reserved                             |
 *   |                    clock identity (8 bytes)                   |
 *   |            port               |        sequence id            |
 *   |   control     | log interval  |  body, by type                |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum {
    SDO_TYPE, VERSION, LENGTH, DOMAIN = 4, RESERVED1, FLAGS, CORRECTION_NS = 8, CORRECTION_PART = 14,
    RESERVED2 = 16, CLOCK = 20, PORT = 28, SEQUENCE = 30, CONTROL = 32, INTERVAL, HEADER_LEN,
};

enum { TYPE_MASK = 0x0f, VERSION_MASK = 0x0f, VERSION_1 = 1, VERSION_2 = 2, V1_COMPATIBLE = 0x10 };

enum type {
    SYNC, DELAY_REQUEST, PEER_DELAY_REQUEST, PEER_DELAY_RESPONSE, FOLLOW_UP = 8, DELAY_RESPONSE,
    PEER_DELAY_FOLLOW_UP, ANNOUNCE, SIGNALLING, MANAGEMENT,
};

NAMES(types,
      (SYNC, "sync msg")
      (DELAY_REQUEST, "delay req msg")
      (PEER_DELAY_REQUEST, "peer delay req msg")
      (PEER_DELAY_RESPONSE, "peer delay resp msg")
      (FOLLOW_UP, "follow up msg")
      (DELAY_RESPONSE, "delay resp msg")
      (PEER_DELAY_FOLLOW_UP, "pdelay resp fup msg")
      (ANNOUNCE, "announce msg")
      (SIGNALLING, "signalling msg")
      (MANAGEMENT, "management msg"));

NAMES(controls,
      (0, "Sync")
      (1, "Delay_Req")
      (2, "Follow_Up")
      (3, "Delay_Resp")
      (4, "Management")
      (5, "Other"));

/* As tcpdump: these together, and only so, are unknown. */
enum { FLAGS_UNKNOWN = 0x18c0 };

NAMES(flag_names,
      (0x0001, "l1 61")
      (0x0002, "l1 59")
      (0x0004, "utc reasonable")
      (0x0008, "timescale")
      (0x0010, "time tracable")
      (0x0020, "frequency tracable")
      (0x0100, "alternate master")
      (0x0200, "two step")
      (0x0400, "unicast")
      (0x1000, "profile specific 1")
      (0x2000, "profile specific 2")
      (0x4000, "security mask"));

/* What stands between a label and its value: minor versions are shown as later releases do. */
struct style {
    const char *colon, *tight;
};

static void say_timestamp(struct dissect *d, struct view v, const struct style *s, const char *label,
                          const char *comma)
{
    enum { NANOSECONDS = 6 };

    say(d, ", %s%s", label, s->tight);
    say(d, " %llu seconds%s", (unsigned long long)be48_at(d, v, 0), comma);
    say_at(d, v, " %lu nanoseconds", AT_BE32(NANOSECONDS));
}

static void say_port(struct dissect *d, struct view v, const struct style *s)
{
    say(d, ", port identity%s0x%llx", s->colon, (unsigned long long)be64_at(d, v, 0));
    say_at(d, v, ", port id%s%lu", s->colon, AT_BE16(8));
}

static void say_announce(struct dissect *d, struct view v, const struct style *s)
{
    say_timestamp(d, v, s, "originTimeStamp", "");
    say_at(d, v, ", origin cur utc%s%lu", s->tight, AT_BE16(10));
    say_at(d, v, ", rsvd%s%lu", s->colon, AT_U8(12));
    say_at(d, v, ", gm priority_1%s%lu", s->colon, AT_U8(13));
    say_at(d, v, ", gm clock class%s%lu", s->colon, AT_U8(14));
    say_at(d, v, ", gm clock accuracy%s%lu", s->colon, AT_U8(15));
    say_at(d, v, ", gm clock variance%s%lu", s->colon, AT_BE16(16));
    say_at(d, v, ", gm priority_2%s%lu", s->colon, AT_U8(18));
    say(d, ", gm clock id%s0x%llx", s->colon, (unsigned long long)be64_at(d, v, 19));
    say_at(d, v, ", steps removed%s%lu", s->colon, AT_BE16(27));
    say_at(d, v, ", time source%s0x%lx", s->colon, AT_U8(29));
}

/* As tcpdump: all four are read from the first byte. */
static void say_management(struct dissect *d, struct view v, const struct style *s)
{
    say_port(d, v, s);
    u8 byte = u8_at(d, v, 0);
    say(d, ", , start boundary hops  %u", byte);
    say(d, ", , boundary hops  %u", byte);
    say(d, ", , flags  0x%x", byte);
    say(d, ", , reserved  0x%x", byte);
}

static void say_body(struct dissect *d, u32 type, struct view v, const struct style *s)
{
    enum { TIMESTAMP_LEN = 10 };

    switch (type) {
    case SYNC:
    case DELAY_REQUEST: say_timestamp(d, v, s, "originTimeStamp", ","); break;
    case FOLLOW_UP: say_timestamp(d, v, s, "preciseOriginTimeStamp", ","); break;
    case PEER_DELAY_REQUEST:
    case PEER_DELAY_FOLLOW_UP:
        say_timestamp(d, v, s, "preciseOriginTimeStamp", ",");
        say_port(d, view_from(v, TIMESTAMP_LEN), s);
        break;
    case PEER_DELAY_RESPONSE:
    case DELAY_RESPONSE:
        say_timestamp(d, v, s, "receiveTimeStamp", ",");
        say_port(d, view_from(v, TIMESTAMP_LEN), s);
        break;
    case ANNOUNCE: say_announce(d, v, s); break;
    case SIGNALLING: say_port(d, v, s); break;
    case MANAGEMENT: say_management(d, v, s); break;
    default: break;
    }
}

static void say_message(struct dissect *d, struct view v, u8 minor)
{
    static const struct style old = { " : ", " :" }, later = { ": ", ":" };
    const struct style *s = minor == 0 ? &old : &later;
    u8 first = u8_at(d, v, SDO_TYPE);
    u32 type = first & TYPE_MASK;

    if (minor == 0)
        say(d, ", v1 compat : %s", (first & V1_COMPATIBLE) != 0 ? "yes" : "no");
    else
        say(d, ".%u, majorSdoId: 0x%x", minor, (u32)first >> 4);
    say(d, ", msg type%s%s", s->colon, name_of(d, &types.names, type, "Reserved"));
    say_at(d, v, ", length%s%lu", s->colon, AT_BE16(LENGTH));
    say_at(d, v, ", domain%s%lu, reserved1%s%lu", s->colon, AT_U8(DOMAIN), s->colon,
           AT_U8(RESERVED1));
    u16 flags = be16_at(d, v, FLAGS);
    say(d, ", Flags [%s%s]", flags_of(d, &flag_names.names, flags, ", ", "none"),
        (flags & FLAGS_UNKNOWN) == FLAGS_UNKNOWN ? ", unknown" : "");
    say(d, ", NS correction%s%llu", s->colon, (unsigned long long)be48_at(d, v, CORRECTION_NS));
    say_at(d, v, ", sub NS correction%s%lu", s->colon, AT_BE16(CORRECTION_PART));
    say_at(d, v, ", reserved2%s%lu", s->colon, AT_BE32(RESERVED2));
    say(d, ", clock identity%s0x%llx", s->colon, (unsigned long long)be64_at(d, v, CLOCK));
    say_at(d, v, ", port id%s%lu", s->colon, AT_BE16(PORT));
    say_at(d, v, ", seq id%s%lu", s->colon, AT_BE16(SEQUENCE));
    u8 control = u8_at(d, v, CONTROL);
    say(d, ", control%s%u (%s)", s->colon, control,
        name_of(d, &controls.names, control, "Reserved"));
    say_at(d, v, ", log message interval%s%lu", s->colon, AT_U8(INTERVAL));
    say_body(d, type, view_from(v, HEADER_LEN), s);
}

void print_ptp(struct dissect *d, struct view v)
{
    d->proto = "ptp";
    if (v.len < HEADER_LEN) {
        say(d, " [length %u < %u]", v.len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    u8 version = u8_at(d, v, VERSION);
    if (version == VERSION_1) {
        say_z(d, "PTPv1 (not implemented)");
    } else if ((version & VERSION_MASK) == VERSION_2) {
        say_z(d, "PTPv2");
        say_message(d, v, version >> 4);
    } else {
        say(d, "PTPv%u", version);
    }
}
