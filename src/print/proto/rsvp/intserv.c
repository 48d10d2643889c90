/*
 * RSVP: the objects of integrated services.  RFC 2210, section 3; parameters: RFC 2215.
 *
 *   +-------+-----------------------+-------------------------------+
 *   | vers  |      (reserved)       |   length, in words, of all    |
 *   +-+-----+---------+-------------+-------------------------------+
 *   |    service      |B|             |       length in words       |  services
 *   |  parameter ID   |    flags      |       length in words       |  and their parameters
 *   |  value ...                                                    |
 *   +---------------------------------------------------------------+
 */
#include "base/decimal.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/rsvp/rsvp.h"

enum { VERSION, LENGTH = 2, HEADER_LEN = 4, INTSERV = 2 };

enum { SERVICE, SERVICE_FLAGS, SERVICE_LENGTH, SERVICE_HEADER_LEN = 4, BREAK_BIT = 0x80 };

enum { PARAMETER, PARAMETER_FLAGS, PARAMETER_LENGTH, PARAMETER_HEADER_LEN = 4 };

NAMES(services, (1, "Default/Global Information") (2, "Guaranteed Service") (5, "Controlled Load"));

/* One or more values with their names; a unit of NULL ends them. */
enum value_kind { END, COUNT, BYTES, FLOAT_BYTES, MEGABITS };

struct value {
    const char *label;
    u8 kind; /* enum value_kind */
};

enum { VALUES_MAX = 6 };

static const struct parameter {
    u8 id;
    const char *name;
    struct value values[VALUES_MAX]; /* of four bytes each; they are shown when all are there */
} parameters[] = {
    { 4, "IS hop cnt", { { "IS hop count", COUNT } } },
    { 6, "Path b/w estimate", { { "Path b/w estimate", MEGABITS } } },
    { 8, "Minimum path latency", { { "Minimum path latency", COUNT } } },
    { 10, "Composed MTU", { { "Composed MTU", BYTES } } },
    { 127,
      "Token Bucket TSpec",
      { { "Token Bucket Rate", MEGABITS },
        { "Token Bucket Size", FLOAT_BYTES },
        { "Peak Data Rate", MEGABITS },
        { "Minimum Policed Unit", BYTES },
        { "Maximum Packet Size", BYTES } } },
    { 130, "Guaranteed Service RSpec", { { "Rate", MEGABITS }, { "Slack Term", COUNT } } },
    { 133, "End-to-end composed value for C", { { "Value", COUNT } } },
    { 134, "End-to-end composed value for D", { { "Value", COUNT } } },
    { 135, "Since-last-reshaping point composed C", { { "Value", COUNT } } },
    { 136, "Since-last-reshaping point composed D", { { "Value", COUNT } } },
};

static const struct parameter *find(u8 id)
{
    for (size_t i = 0; i < countof(parameters); i++)
        if (parameters[i].id == id)
            return &parameters[i];
    return NULL;
}

static void say_value(struct dissect *d, struct view v, u32 off, const struct value *value)
{
    u32 word = be32_at(d, v, off);

    say(d, "\n\t\t%s: ", value->label);
    switch (value->kind) {
    case COUNT: out_dec(d->out, word); break;
    case BYTES: say(d, "%u bytes", word); break;
    case FLOAT_BYTES:
        out_float_short(d->out, float_from_bits(word), 10);
        say_z(d, " bytes");
        break;
    default:
        out_float_short(d->out, float_from_bits(word) / 125000, 10);
        say_z(d, " Mbps");
        break;
    }
}

/* A parameter of v.len bytes. */
static void say_parameter(struct dissect *d, struct view v, const struct parameter *p)
{
    struct view value = view_from(v, PARAMETER_HEADER_LEN);
    u32 n = 0;

    if (p == NULL || p->values[0].kind == END) {
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t\t", view_clip(value, value.len));
        return;
    }
    while (p->values[n].kind != END)
        n++;
    for (u32 i = 0; value.len == 4 * n && i < n; i++)
        say_value(d, value, 4 * i, &p->values[i]);
}

/* Returns the bytes that a parameter takes, or 0 when it is not all there. */
static u32 say_next_parameter(struct dissect *d, struct view v, const char *indent)
{
    if (v.len < PARAMETER_HEADER_LEN || !need(d, v, 0, PARAMETER_HEADER_LEN))
        return 0;
    u8 id = u8_at(d, v, PARAMETER);
    u32 len = be16_at(d, v, PARAMETER_LENGTH) * 4u;
    const struct parameter *p = find(id);

    say_at(d, v, "%s  Parameter ID: %s (%u), length: %u, Flags: [0x%02lx]", indent,
           p != NULL ? p->name : "unknown", id, len, AT_U8(PARAMETER_FLAGS));
    if (v.len < PARAMETER_HEADER_LEN + len)
        return 0;
    say_parameter(d, view_claim(v, PARAMETER_HEADER_LEN + len), p);
    return PARAMETER_HEADER_LEN + len;
}

enum rsvp_object rsvp_intserv(struct dissect *d, struct view v, u8 type, const char *indent)
{
    if (type != INTSERV)
        return RSVP_UNKNOWN;
    if (v.len < HEADER_LEN)
        return RSVP_TOO_SHORT;
    say(d, "%sMsg-Version: %u, length: %u", indent, u8_at(d, v, VERSION) >> 4,
        be16_at(d, v, LENGTH) * 4u);
    for (v = view_from(v, HEADER_LEN); v.len >= SERVICE_HEADER_LEN && !d->sealed;) {
        u8 service = u8_at(d, v, SERVICE);
        u32 len = be16_at(d, v, SERVICE_LENGTH) * 4u, used = 0;
        say(d, "%sService Type: %s (%u), break bit %sset, Service length: %u", indent,
            name_of(d, &services.names, service, "unknown"), service,
            (u8_at(d, v, SERVICE_FLAGS) & BREAK_BIT) != 0 ? "" : "not ", len);
        v = view_from(v, SERVICE_HEADER_LEN);
        /*
         * as tcpdump: a parameter that is not all there is taken for the next service, and behind one
         * that is longer than its service there is no end but that of the object
         */
        for (; len >= PARAMETER_HEADER_LEN; v = view_from(v, used), len -= used) {
            used = say_next_parameter(d, v, indent);
            if (used == 0)
                break;
        }
    }
    return RSVP_SHOWN;
}
