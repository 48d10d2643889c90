/*
 * NTP: time messages, and the headers of control messages.  RFC 5905, section 7.3; RFC 9327
 * (control messages).
 *
 *    0               1               2               3
 *   +---+-----+-----+---------------+---------------+---------------+
 *   |LI | VN  |mode |    stratum    |     poll      |   precision   |
 *   |                          root delay                           |
 *   |                        root dispersion                        |
 *   |                          reference id                         |
 *   |                     reference timestamp (8)                   |
 *   |                      origin timestamp (8)                     |
 *   |                      receive timestamp (8)                    |
 *   |                     transmit timestamp (8)                    |
 *   |                optional: key id and message digest            |
 *   +---------------------------------------------------------------+
 */
#include "base/time.h"
#include "print/printer.h"
#include "print/proto/ntp.h"

enum {
    LEAP_VERSION_MODE,
    STRATUM,
    POLL,
    PRECISION,
    ROOT_DELAY,
    ROOT_DISPERSION = 8,
    REFERENCE_ID = 12,
    REFERENCE = 16,
    ORIGIN = 24,
    RECEIVE = 32,
    TRANSMIT = 40,
    TIME_MESSAGE = 48,
};

enum { CONTROL = 1, SEQUENCE, STATUS = 4, ASSOCIATION = 6, OFFSET = 8, COUNT = 10, CONTROL_MESSAGE = 12 };

enum mode { MODE_CONTROL = 6, MODE_PRIVATE = 7 };

static const char *const modes[8] = {
    "unspecified", "symmetric active", "symmetric passive", "Client",
    "Server",      "Broadcast",        "Control Message",   "Reserved",
};

static const char *const leaps[4] = { "", "+1s", "-1s", "clock unsynchronized" };

static const char *stratum_name(u8 stratum)
{
    if (stratum == 0)
        return "unspecified";
    if (stratum == 1)
        return "primary reference";
    return stratum < 16 ? "secondary reference" : "reserved";
}

/* A message that is too short for what it says, and perhaps cut as well. */
static void say_invalid(struct dissect *d, struct view v)
{
    invalid(d);
    if (!view_has(v, 0, v.len))
        truncated(d);
}

/* Seconds in 16 bits and their fraction in 16 bits. */
static void say_short(struct dissect *d, const char *label, u32 value)
{
    say(d, "%s%u.%06u", label, value >> 16, (unsigned)((u64)(value & 0xffff) * 1000000 >> 16));
}

/* The lower half of a timestamp, a fraction of a second, in nanoseconds. */
static unsigned nanoseconds(u32 fraction)
{
    return (unsigned)((u64)fraction * NS_PER_SECOND >> 32);
}

void ntp_say_timestamp(struct dissect *d, u64 stamp)
{
    enum { DAYS_TO_1970 = 25567 };
    u32 seconds = (u32)(stamp >> 32);

    say(d, "%u.%09u", seconds, nanoseconds((u32)stamp));
    if (seconds == 0)
        return;
    struct civil t = civil_from_seconds((i64)seconds - (i64)DAYS_TO_1970 * SECONDS_PER_DAY);
    say(d, " (%04d-%02u-%02uT%02u:%02u:%02uZ)", (int)t.year, t.month, t.day, t.hour, t.minute,
        t.second);
}

/* `stamp` as a difference to the origin; as it is when there was no origin. */
static void say_difference(struct dissect *d, u64 origin, u64 stamp)
{
    if (origin == 0) {
        ntp_say_timestamp(d, stamp);
        return;
    }
    bool later = stamp > origin;
    u64 difference = later ? stamp - origin : origin - stamp;
    say(d, "%s%u.%09u", later ? "+" : "-", (u32)(difference >> 32), nanoseconds((u32)difference));
}

/* A power of two, in seconds. */
static void say_poll(struct dissect *d, i8 poll)
{
    say(d, ", poll %d", poll);
    if (poll >= 0 && poll < 32)
        say(d, " (%us)", 1u << poll);
    else if (poll < 0 && poll > -32)
        say(d, " (1/%us)", 1u << -poll);
}

/* as tcpdump: two numbers that the control messages of the past used end the text. */
enum { STRATUM_QUERY = 62, STRATUM_REPLY = 63 };

static bool ends_with_reference(u8 stratum)
{
    return stratum == STRATUM_QUERY || stratum == STRATUM_REPLY;
}

static void say_reference(struct dissect *d, struct view v, u8 stratum)
{
    say_z(d, ", Reference-ID: ");
    if (stratum == 0)
        say_z(d, "(unspec)");
    else if (stratum == 1)
        say_visible(d, view_sub(v, REFERENCE_ID, 4));
    else if (ends_with_reference(stratum))
        say_at(d, v, "%pI4 %s", AT_ADDRESS(REFERENCE_ID),
               stratum == STRATUM_QUERY ? "INFO_QUERY" : "INFO_REPLY");
    else
        say_at(d, v, "0x%08lx", AT_BE32(REFERENCE_ID));
}

/* A key and a digest may follow the timestamps; extension fields are only counted. */
static bool say_rest(struct dissect *d, struct view v)
{
    enum { KEY = 4, MD5 = 16, SHA1 = 20 };

    if (v.len == 0)
        return true;
    if (v.len != KEY && v.len != KEY + MD5 && v.len != KEY + SHA1) {
        say(d, "\n\t(%u more bytes after the header)", v.len);
        return true;
    }
    say_at(d, v, "\n\tKey id: %lu", AT_BE32(0));
    if (v.len == KEY)
        return true;
    if (!view_has(v, KEY, v.len - KEY))
        return false;
    say_z(d, "\n\tAuthentication: ");
    for (u32 at = KEY; at < v.len; at += 4)
        say_at(d, v, "%08lx", AT_BE32(at));
    return true;
}

/* False when the message is cut. */
static bool say_time(struct dissect *d, struct view v)
{
    static const struct {
        u32 at;
        const char *label;
    } stamps[] = {
        { REFERENCE, "\n\t  Reference Timestamp:  " },
        { ORIGIN, "\n\t  Originator Timestamp: " },
        { RECEIVE, "\n\t  Receive Timestamp:    " },
        { TRANSMIT, "\n\t  Transmit Timestamp:   " },
    };

    if (v.len < TIME_MESSAGE) {
        say_invalid(d, v);
        return true;
    }
    u8 stratum = u8_at(d, v, STRATUM);
    say(d, ", Stratum %u (%s)", stratum, stratum_name(stratum));
    say_poll(d, (i8)u8_at(d, v, POLL));
    say(d, ", precision %d", (i8)u8_at(d, v, PRECISION));
    if (!view_has(v, ROOT_DELAY, 4))
        return false;
    say_short(d, "\n\tRoot Delay: ", be32_at(d, v, ROOT_DELAY));
    if (!view_has(v, ROOT_DISPERSION, 4))
        return false;
    say_short(d, ", Root dispersion: ", be32_at(d, v, ROOT_DISPERSION));
    if (!view_has(v, REFERENCE_ID, 4))
        return false;
    say_reference(d, v, stratum);
    if (ends_with_reference(stratum))
        return true;
    for (u32 i = 0; i < countof(stamps); i++) {
        if (!view_has(v, stamps[i].at, 8))
            return false;
        say_z(d, stamps[i].label);
        ntp_say_timestamp(d, be64_at(d, v, stamps[i].at));
    }
    say_z(d, "\n\t    Originator - Receive Timestamp:  ");
    say_difference(d, be64_at(d, v, ORIGIN), be64_at(d, v, RECEIVE));
    say_z(d, "\n\t    Originator - Transmit Timestamp: ");
    say_difference(d, be64_at(d, v, ORIGIN), be64_at(d, v, TRANSMIT));
    return say_rest(d, view_from(v, TIME_MESSAGE));
}

static void say_control(struct dissect *d, struct view v)
{
    enum { RESPONSE = 0x80, ERROR = 0x40, MORE = 0x20, OPCODE = 0x1f };

    if (v.len < CONTROL_MESSAGE) {
        say_invalid(d, v);
        return;
    }
    u8 control = u8_at(d, v, CONTROL);
    say(d, ", %s, %s, %s, OpCode=%u\n", control & RESPONSE ? "Response" : "Request",
        control & ERROR ? "Error" : "OK", control & MORE ? "More" : "Last", control & OPCODE);
    say_at(d, v, "\tSequence=%lu", AT_BE16(SEQUENCE));
    say_at(d, v, ", Status=%#lx", AT_BE16(STATUS));
    say_at(d, v, ", Assoc.=%lu", AT_BE16(ASSOCIATION));
    say_at(d, v, ", Offset=%lu", AT_BE16(OFFSET));
    u32 count = be16_at(d, v, COUNT);
    say(d, ", Count=%u", count);
    if (CONTROL_MESSAGE + count > v.len)
        say_invalid(d, v);
    else if (!view_has(v, CONTROL_MESSAGE, count))
        truncated(d);
    else if (count > 0)
        say_z(d, "\n\tTO-BE-DONE: data not interpreted");
}

void print_ntp(struct dissect *d, struct view v)
{
    d->proto = "ntp";
    u8 first = u8_at(d, v, LEAP_VERSION_MODE), mode = first & 7;
    say(d, "NTPv%u, %s, length %u", first >> 3 & 7, modes[mode], v.len);
    if (!verbose(d, 1))
        return;
    say(d, "\n\tLeap indicator: %s (%u)", leaps[first >> 6], first & 0xc0);
    if (mode == MODE_CONTROL)
        say_control(d, v);
    else if (mode != MODE_PRIVATE && !say_time(d, v))
        truncated(d);
}
