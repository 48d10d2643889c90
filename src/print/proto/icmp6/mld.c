/*
 * Multicast listener discovery, version 2.  RFC 3810, sections 5.1 and 5.2.
 *
 * A query:                                          A group record of a report:
 *    0               1               2               0               1               2
 *   +-------------------------------+---------+     +---------------+---------------+---------+
 *   |    maximum response code      | 0       |     |     type      | aux data len  | sources |
 *   |        group address (16 bytes)         |     |        group address (16 bytes)         |
 *   +-------+-+-----+---------------+---------+     |            sources, aux data            |
 *   |   0   |S| QRV |     QQIC      | sources |     +-----------------------------------------+
 *   |                 sources                 |
 *   +-----------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/icmp6/icmp6.h"

enum { MAX_RESPONSE = 4, QUERY_GROUP = 8, ROBUSTNESS = 24, INTERVAL, QUERY_COUNT, QUERY_SOURCES = 28 };
enum { RECORD_COUNT = 6, RECORDS = 8 };
enum { RECORD_TYPE, RECORD_SOURCE_COUNT = 2, RECORD_GROUP = 4, RECORD_SOURCES = 20 };

NAMES(record_types, (1, "is_in") (2, "is_ex") (3, "to_in") (4, "to_ex") (5, "allow") (6, "block"));

static bool fits(struct view v, u32 at, u32 sources) { return v.len >= at + sources * 16; }

static void say_sources(struct dissect *d, struct view v, u32 at, u32 count)
{
    say_z(d, " {");
    for (u32 i = 0; repeat(d, i, count); i++)
        say_at(d, v, " %pI6", AT_ADDRESS(at + i * 16));
    say_z(d, " }");
}

/* Section 5.1.3: from 2^15 on, an exponent of three bits and a mantissa of twelve. */
static u32 decode_response(u16 code)
{
    return code < 0x8000 ? code : (u32)((code & 0x0fff) | 0x1000) << ((code >> 12 & 7) + 3);
}

/* Section 5.1.9: the same with a mantissa of four. */
static u32 decode_interval(u8 code)
{
    return code < 0x80 ? code : (u32)((code & 0x0f) | 0x10) << ((code >> 4 & 7) + 3);
}

void say_mld2_query(struct dissect *d, struct view v)
{
    enum { SUPPRESS = 0x08, QRV = 0x07 };

    if (v.len < QUERY_SOURCES) {
        say(d, " [invalid len %u]", v.len);
        return;
    }
    u16 response = be16_at(d, v, MAX_RESPONSE);
    if (verbose(d, 1))
        say(d, " [max resp delay=%u]", decode_response(response));
    say_at(d, v, " [gaddr %pI6", AT_ADDRESS(QUERY_GROUP));
    if (verbose(d, 1)) {
        u8 flags = u8_at(d, v, ROBUSTNESS);
        if ((flags & SUPPRESS) != 0)
            say_z(d, " sflag");
        if ((flags & QRV) != 0)
            say(d, " robustness=%u", flags & QRV);
        say(d, " qqi=%u", decode_interval(u8_at(d, v, INTERVAL)));
    }
    u16 sources = be16_at(d, v, QUERY_COUNT);
    if (sources > 0) {
        if (!fits(v, QUERY_SOURCES, sources)) {
            say_z(d, " [invalid number of sources]");
        } else if (verbose(d, 2)) {
            say_sources(d, v, QUERY_SOURCES, sources);
        } else {
            say(d, ", %u source(s)", sources);
        }
    }
    say_z(d, "]");
}

static void say_records(struct dissect *d, struct view v, u32 count)
{
    u32 at = RECORDS;

    for (u32 i = 0; repeat(d, i, count); i++) {
        if (!fits(v, at + RECORD_SOURCES, 0)) {
            say_z(d, " [invalid number of groups]");
            return;
        }
        say_at(d, v, " [gaddr %pI6", AT_ADDRESS(at + RECORD_GROUP));
        say(d, " %s", name_of(d, &record_types.names, u8_at(d, v, at + RECORD_TYPE), " [v2-report-#%u]"));
        u16 sources = be16_at(d, v, at + RECORD_SOURCE_COUNT);
        at += RECORD_SOURCES;
        if (!fits(v, at, sources)) {
            say(d, " [invalid number of sources %u]", sources);
            return;
        }
        if (verbose(d, 2))
            say_sources(d, v, at, sources);
        else
            say(d, ", %u source(s)", sources);
        at += sources * 16u;
        say_z(d, "]");
    }
}

void say_mld2_report(struct dissect *d, struct view v)
{
    if (v.len < RECORDS) {
        say(d, " [invalid len %u]", v.len);
        return;
    }
    u16 count = be16_at(d, v, RECORD_COUNT);
    say(d, ", %u group record(s)", count);
    if (verbose(d, 1))
        say_records(d, v, count);
}
