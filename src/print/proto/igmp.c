/*
 * IGMP: multicast groups of IPv4, and mtrace.  RFC 1112 (version 1), 2236 (version 2), 3376
 * (version 3).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     type      | max resp time |           checksum            |
 *   |                         group address                         |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/dvmrp.h"
#include "print/proto/pim.h"

enum { TYPE, MAX_RESPONSE, CHECKSUM = 2, GROUP = 4, HEADER = 8 };

/* Version 3 queries: the number of sources, and the sources. */
enum { QUERY_SOURCE_COUNT = 10, QUERY_SOURCES = 12 };

/* Version 3 reports, and their group records. */
enum { RECORD_COUNT = 6, RECORDS = 8 };
enum { RECORD_TYPE, RECORD_SOURCE_COUNT = 2, RECORD_GROUP = 4, RECORD_SOURCES = 8 };

/* Multicast traceroute: who asks about the way from where to where. */
enum { TRACE_SOURCE = 8, TRACE_DESTINATION = 12, TRACE_REPLY_TO = 16, TRACE_ID = 20,
       TRACE_HEADER = 24 };

enum type {
    QUERY = 0x11,
    REPORT_V1 = 0x12,
    DVMRP = 0x13,
    PIM_V1 = 0x14,
    REPORT_V2 = 0x16,
    LEAVE = 0x17,
    TRACE_RESPONSE = 0x1e,
    TRACE = 0x1f,
    REPORT_V3 = 0x22,
};

NAMES(record_types, (1, "is_in") (2, "is_ex") (3, "to_in") (4, "to_ex") (5, "allow") (6, "block"));

/* Ten seconds, in tenths: so usual that it is not shown. */
enum { USUAL_RESPONSE = 100 };

static bool fits(struct view v, u32 at, u32 sources) { return v.len >= at + sources * 4; }

static void say_sources(struct dissect *d, struct view v, u32 at, u32 count)
{
    say_z(d, " {");
    for (u32 i = 0; repeat(d, i, count); i++)
        say_at(d, v, " %pI4", AT_ADDRESS(at + i * 4));
    say_z(d, " }");
}

/* RFC 3376, section 4.1.1: from 128 on, an exponent of three bits and a mantissa of four. */
static u32 decode_response(u8 code)
{
    return code < 128 ? code : (u32)((code & 0x0f) | 0x10) << ((code >> 4 & 7) + 3);
}

static void say_query_v3(struct dissect *d, struct view v)
{
    say_z(d, " v3");
    if (v.len % 4 != 0) {
        say(d, " [invalid len %u]", v.len);
        return;
    }
    u32 tenths = decode_response(u8_at(d, v, MAX_RESPONSE));
    if (tenths != USUAL_RESPONSE) {
        say_z(d, " [max resp time ");
        if (tenths < 600)
            say(d, "%u.%us", tenths / 10, tenths % 10);
        else
            say_duration(d, tenths / 10);
        say_z(d, "]");
    }
    if (be32_at(d, v, GROUP) == 0)
        return;
    say_at(d, v, " [gaddr %pI4", AT_ADDRESS(GROUP));
    u16 sources = be16_at(d, v, QUERY_SOURCE_COUNT);
    if (sources > 0) {
        if (!fits(v, QUERY_SOURCES, sources))
            say_z(d, " [invalid number of sources]");
        else if (verbose(d, 2))
            say_sources(d, v, QUERY_SOURCES, sources);
        else
            say(d, ", %u source(s)", sources);
    }
    say_z(d, "]");
}

static void say_query(struct dissect *d, struct view v)
{
    say_z(d, "igmp query");
    if (v.len >= QUERY_SOURCES) {
        say_query_v3(d, v);
        return;
    }
    u8 response = u8_at(d, v, MAX_RESPONSE);
    say_z(d, response != 0 ? " v2" : " v1");
    if (response != 0 && response != USUAL_RESPONSE)
        say(d, " [max resp time %u]", response);
    if (be32_at(d, v, GROUP) != 0)
        say_at(d, v, " [gaddr %pI4]", AT_ADDRESS(GROUP));
    if (v.len != HEADER)
        say(d, " [len %u]", v.len);
}

static void say_records(struct dissect *d, struct view v, u32 count)
{
    u32 at = RECORDS;

    for (u32 i = 0; repeat(d, i, count); i++) {
        if (!fits(v, at + RECORD_SOURCES, 0)) {
            say_z(d, " [invalid number of groups]");
            return;
        }
        say_at(d, v, " [gaddr %pI4", AT_ADDRESS(at + RECORD_GROUP));
        say(d, " %s", name_of(d, &record_types.names, u8_at(d, v, at + RECORD_TYPE), " [v3-report-#%u]"));
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
        say_z(d, "]");
        at += sources * 4u;
    }
}

static void say_report_v3(struct dissect *d, struct view v)
{
    say_z(d, "igmp v3 report");
    if (v.len < RECORDS + RECORD_SOURCES || v.len % 4 != 0) {
        say(d, " [invalid len %u]", v.len);
        return;
    }
    u16 count = be16_at(d, v, RECORD_COUNT);
    say(d, ", %u group record(s)", count);
    if (verbose(d, 1))
        say_records(d, v, count);
}

static void say_trace(struct dissect *d, struct view v, const char *name)
{
    if (v.len < TRACE_HEADER) {
        say(d, " [invalid len %u]", v.len);
        return;
    }
    if (!need(d, v, 0, TRACE_HEADER))
        return;
    u32 id = be32_at(d, v, TRACE_ID);
    say_at(d, v, "%s %u: %pI4 to %pI4 reply-to %pI4", name, id & 0xffffff, AT_ADDRESS(TRACE_SOURCE),
           AT_ADDRESS(TRACE_DESTINATION), AT_ADDRESS(TRACE_REPLY_TO));
    if (u8_at(d, v, TRACE_REPLY_TO) >> 4 == 0xe) /* a multicast address */
        say(d, " with-ttl %u", id >> 24);
}

/* "igmp v1 report 224.0.0.251" and the like. */
static void say_group(struct dissect *d, struct view v, const char *what)
{
    say_at(d, v, "igmp %s %pI4", what, AT_ADDRESS(GROUP));
}

static void say_message(struct dissect *d, struct view v)
{
    u8 type = u8_at(d, v, TYPE);

    switch (type) {
    case QUERY: say_query(d, v); break;
    case REPORT_V1:
        say_group(d, v, "v1 report");
        if (v.len != HEADER)
            say(d, " [len %u]", v.len);
        break;
    case REPORT_V2: say_group(d, v, "v2 report"); break;
    case LEAVE: say_group(d, v, "leave"); break;
    case REPORT_V3: say_report_v3(d, v); break;
    case DVMRP:
        say_z(d, "igmp dvmrp");
        say_dvmrp(d, v);
        break;
    case PIM_V1:
        say_z(d, "igmp pimv1");
        say_pim_v1(d, v);
        break;
    case TRACE: say_trace(d, v, "mtrace"); break;
    case TRACE_RESPONSE: say_trace(d, v, "mresp"); break;
    default: say(d, "igmp-%u", type);
    }
}

static void say_bad_checksum(struct dissect *d, struct view v)
{
    struct checksum sum = { 0 };

    if (v.len < GROUP || !view_has(v, 0, v.len))
        return;
    checksum_add(&sum, v);
    if (checksum_end(&sum) != 0)
        say_at(d, v, " bad igmp cksum %lx!", AT_BE16(CHECKSUM));
}

void print_igmp(struct dissect *d, struct view v)
{
    d->proto = "igmp";
    if (d->opt->quick) {
        say_z(d, "igmp");
        return;
    }
    say_message(d, v);
    if (verbose(d, 1))
        say_bad_checksum(d, v);
}
