/*
 * UDLD: Cisco's unidirectional link detection.  RFC 5171.
 *
 *    0               1               2               3
 *   +-----+---------+---------------+-------------------------------+
 *   | ver | opcode  |     flags     |           checksum            |
 *   |            type               |            length             |
 *   |  value ...                                                    |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { VERSION_OPCODE, FLAGS, CHECKSUM, HEADER_LEN = 4 };

enum { TLV_TYPE, TLV_LENGTH = 2, TLV_HEADER_LEN = 4 };

NAMES(opcodes, (1, "Probe message") (2, "Echo message") (3, "Flush message"));

NAMES(flags,
      (0x01, "RT") (0x02, "RSY") (0x04, "MBZ-2") (0x08, "MBZ-3") (0x10, "MBZ-4") (0x20, "MBZ-5")
      (0x40, "MBZ-6") (0x80, "MBZ-7"));

enum tlv {
    DEVICE_ID = 1,
    PORT_ID,
    ECHO,
    MESSAGE_INTERVAL,
    TIMEOUT_INTERVAL,
    DEVICE_NAME,
    SEQUENCE_NUMBER
};

NAMES(tlvs,
      (DEVICE_ID, "Device-ID TLV")
      (PORT_ID, "Port-ID TLV")
      (ECHO, "Echo TLV")
      (MESSAGE_INTERVAL, "Message Interval TLV")
      (TIMEOUT_INTERVAL, "Timeout Interval TLV")
      (DEVICE_NAME, "Device Name TLV")
      (SEQUENCE_NUMBER, "Sequence Number TLV"));

/* The value of a TLV.  False when it has not the length of its type. */
static bool say_value(struct dissect *d, u16 type, struct view v)
{
    switch (type) {
    case DEVICE_ID:
    case PORT_ID:
    case DEVICE_NAME:
        say_z(d, ", ");
        if (!say_until_nul(d, v))
            seal(d);
        return true;
    case ECHO:
        say_z(d, ", ");
        if (!say_visible(d, v))
            seal(d);
        return true;
    case MESSAGE_INTERVAL:
    case TIMEOUT_INTERVAL:
        if (v.len != 1)
            return false;
        say_at(d, v, ", %lus", AT_U8(0));
        return true;
    case SEQUENCE_NUMBER:
        if (v.len != 4)
            return false;
        say_at(d, v, ", %lu", AT_BE32(0));
        return true;
    default: need(d, v, 0, v.len); return true;
    }
}

/* One TLV; `*v` then begins behind it.  False at a flaw. */
static bool say_tlv(struct dissect *d, struct view *v)
{
    if (v->len < TLV_HEADER_LEN)
        return false;
    u16 type = be16_at(d, *v, TLV_TYPE);
    u32 len = be16_at(d, *v, TLV_LENGTH);
    say(d, "\n\t%s (0x%04x) TLV, length %u", name_of(d, &tlvs.names, type, "Unknown"), type,
        len);
    if (len <= TLV_HEADER_LEN || len > v->len)
        return false;
    struct view value = view_sub(*v, TLV_HEADER_LEN, len - TLV_HEADER_LEN);
    *v = view_from(*v, TLV_HEADER_LEN);
    if (!say_value(d, type, value))
        return false;
    *v = view_from(*v, value.len);
    return true;
}

void print_udld(struct dissect *d, struct view v)
{
    u32 length = v.len;

    d->proto = "udld";
    if (v.len < HEADER_LEN) {
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
    u8 first = u8_at(d, v, VERSION_OPCODE), bits = u8_at(d, v, FLAGS);
    u32 opcode = first & 31u;
    say(d, "UDLDv%u, Code %s (%x), Flags [%s] (0x%02x), length %u", (u32)first >> 5,
        name_of(d, &opcodes.names, opcode, "Reserved"), opcode,
        flags_of(d, &flags.names, bits, ", ", "none"), bits, length);
    if (!verbose(d, 1)) {
        need(d, v, 0, v.len);
        return;
    }
    say_at(d, v, "\n\tChecksum 0x%04lx (unverified)", AT_BE16(CHECKSUM));
    for (v = view_from(v, HEADER_LEN); v.len > 0 && !d->sealed;) {
        if (say_tlv(d, &v))
            continue;
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
}
