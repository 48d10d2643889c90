/*
 * DNS over UDP and TCP, and multicast DNS.  RFC 1035, section 4.1; 2136 (updates), 6762 (mDNS), 6895
 * (codes).
 *
 *    0               1               2               3
 *   +-------------------------------+-+-------+-+-+-+-+-+-+-+-------+
 *   |          identifier           |Q| opcode|A|T|R|R|0|A|C| rcode |
 *   +-------------------------------+-+-------+-+-+-+-+-+-+-+-------+
 *   |           questions           |            answers            |
 *   +-------------------------------+-------------------------------+
 *   |          authorities          |          additional           |
 *   +-------------------------------+-------------------------------+
 */
#include "print/printer.h"
#include "print/proto/dns_name.h"
#include "print/proto/dns_rr.h"

enum { ID, FLAGS = 2, QUESTIONS = 4, ANSWERS = 6, AUTHORITIES = 8, ADDITIONAL = 10, HEADER = 12 };
enum { QUESTION_FIXED = 4, RECORD_FIXED = 10, RECORD_RCODE = 4 }; /* behind the name */

enum {
    RESPONSE = 0x8000,
    OPCODE = 0x7800,
    AUTHORITATIVE = 0x0400,
    TRUNCATED = 0x0200,
    RECURSION_DESIRED = 0x0100,
    RECURSION_AVAILABLE = 0x0080,
    AUTHENTIC_DATA = 0x0020,
    CHECKING_DISABLED = 0x0010,
    RCODE = 0x000f,
    NOT_IN_QUERIES = 0x06cf, /* bits that a query has no use for */
};

enum { OPCODE_INVERSE = 1 };

/* RFC 6762, sections 5.4 and 10.2: the highest bit of the class. */
enum { UNICAST_WANTED = 0x8000, CACHE_FLUSH = 0x8000 };

static const char *const opcodes[16] = {
    "",     " inv_q",   " stat",     " op3",       " notify",   " update",    " op6",       " op7",
    " op8", " updateA", " updateD",  " updateDA",  " updateM",  " updateMA",  " zoneInit",  " zoneRef",
};

static const char *const rcodes[] = {
    "",          " FormErr", " ServFail", " NXDomain", " NotImp",  " Refused",
    " YXDomain", " YXRRSet", " NXRRSet",  " NotAuth",  " NotZone", " Resp11",
    " Resp12",   " Resp13",  " Resp14",   " NoChange", " BadVers", "Resp17",
    " Resp18",   " Resp19",  " Resp20",   "Resp21",    " Resp22",  " BadCookie",
};

struct message {
    struct view v; /* from the header on */
    bool mdns;
};

/* " A? example.org."; the offset behind the question or DNS_BAD. */
static u32 say_question(struct dissect *d, const struct message *m, u32 at)
{
    u32 name = at;

    at = dns_skip_name(m->v, at);
    if (!view_has(m->v, at, QUESTION_FIXED))
        return DNS_BAD;
    dns_say_type(d, be16_at(d, m->v, at));
    u16 class = be16_at(d, m->v, at + 2);
    dns_say_class(d, m->mdns ? (u16)(class & ~UNICAST_WANTED) : class);
    if (m->mdns)
        out_text_z(d->out, (class & UNICAST_WANTED) != 0 ? " (QU)" : " (QM)");
    out_text_z(d->out, "? ");
    return dns_say_name(d, m->v, name) == DNS_BAD ? DNS_BAD : at + QUESTION_FIXED;
}

/* One record; the offset behind it or DNS_BAD.  One that is cut before its data ends the message. */
static u32 say_record(struct dissect *d, const struct message *m, u32 at)
{
    if (verbose(d, 1)) {
        out_char(d->out, ' ');
        at = dns_say_name(d, m->v, at);
        if (at == DNS_BAD)
            return DNS_BAD;
    } else {
        at = dns_skip_name(m->v, at);
    }
    if (!view_has(m->v, at, RECORD_FIXED))
        return m->v.cap;

    struct dns_record r = { .type = be16_at(d, m->v, at), .class = be16_at(d, m->v, at + 2) };
    u32 ttl = be32_at(d, m->v, at + 4);
    bool flush = m->mdns && (r.class & CACHE_FLUSH) != 0;
    if (m->mdns)
        r.class &= (u16)~CACHE_FLUSH;
    r.flags = (u16)ttl;
    r.length = be16_at(d, m->v, at + 8);
    r.data = at + RECORD_FIXED;
    if (r.type != DNS_OPT)
        dns_say_class(d, r.class);
    if (flush)
        out_text_z(d->out, " (Cache flush)");
    if (r.type != DNS_OPT && verbose(d, 3)) {
        out_text_z(d->out, " [");
        say_duration(d, ttl);
        out_char(d->out, ']');
    }
    dns_say_type(d, r.type);
    if (!view_has(m->v, r.data, r.length) || !dns_say_data(d, m->v, &r))
        return DNS_BAD;
    return r.data + r.length;
}

/* A section of `count` records; the offset behind it or DNS_BAD when there are fewer. */
static u32 say_section(struct dissect *d, const struct message *m, u32 at, u32 count,
                       const char *label)
{
    if (count == 0)
        return at;
    out_text_z(d->out, label);
    for (u32 i = 0; i < count; i++) {
        if (i > 0) {
            if (at >= m->v.cap)
                return DNS_BAD;
            out_char(d->out, ',');
        }
        at = say_record(d, m, at);
        if (at == DNS_BAD)
            return DNS_BAD;
    }
    return at;
}

/* Authorities and additional records, which -vv adds. */
static u32 say_more_sections(struct dissect *d, const struct message *m, u32 at)
{
    static const struct {
        u32 count_at;
        const char *label;
    } sections[] = { { AUTHORITIES, " ns:" }, { ADDITIONAL, " ar:" } };

    for (u32 i = 0; i < countof(sections); i++) {
        u16 count = be16_at(d, m->v, sections[i].count_at);
        if (count > 0 && at >= m->v.cap)
            return DNS_BAD;
        at = say_section(d, m, at, count, sections[i].label);
        if (at == DNS_BAD)
            return DNS_BAD;
    }
    return at;
}

static u32 skip_record(struct view v, u32 at)
{
    at = dns_skip_name(v, at);
    const void *length = view_at(v, at + RECORD_FIXED - 2, 2);
    return length == NULL ? DNS_BAD : at + RECORD_FIXED + load_be16(length);
}

/* The upper part of the response code, which the first OPT record among the additional has. */
static u32 extended_rcode(struct dissect *d, struct view v)
{
    u32 at = HEADER;
    u16 additional = be16_at(d, v, ADDITIONAL);

    if (additional == 0)
        return 0;
    for (u32 i = be16_at(d, v, QUESTIONS); i > 0 && at < v.cap; i--)
        at = dns_skip_name(v, at) + QUESTION_FIXED;
    for (u32 i = be16_at(d, v, ANSWERS) + (u32)be16_at(d, v, AUTHORITIES); i > 0 && at < v.cap; i--)
        at = skip_record(v, at);
    for (u32 i = additional; i > 0 && at < v.cap; i--) {
        u32 fixed = dns_skip_name(v, at);
        const void *type = view_at(v, fixed, 2);
        if (type != NULL && load_be16(type) == DNS_OPT) {
            int upper = view_byte(v, fixed + RECORD_RCODE);
            return upper < 0 ? 0 : (u32)upper << 4;
        }
        at = skip_record(v, at);
    }
    return 0;
}

static void say_rcode(struct dissect *d, u32 rcode)
{
    if (rcode < countof(rcodes))
        out_text_z(d->out, rcodes[rcode]);
    else
        say(d, " Resp%u", rcode);
}

/* The questions of a response: in full with -vv, otherwise skipped. */
static u32 say_asked(struct dissect *d, const struct message *m)
{
    u32 at = HEADER;
    u16 count = be16_at(d, m->v, QUESTIONS);

    if (count != 1)
        say(d, " [%uq]", count);
    for (u32 i = 0; i < count; i++) {
        if (i > 0)
            out_char(d->out, ',');
        if (verbose(d, 2)) {
            out_text_z(d->out, " q:");
            at = say_question(d, m, at);
        } else {
            at = dns_skip_name(m->v, at);
        }
        if (at == DNS_BAD)
            return DNS_BAD;
        if (!verbose(d, 2))
            at += QUESTION_FIXED;
    }
    return at;
}

/* False when the message is cut or malformed. */
static bool say_response(struct dissect *d, const struct message *m, u16 flags)
{
    struct out *o = d->out;
    u16 answers = be16_at(d, m->v, ANSWERS);

    out_dec(o, be16_at(d, m->v, ID));
    out_text_z(o, opcodes[(flags & OPCODE) >> 11]);
    say_rcode(d, (flags & RCODE) | extended_rcode(d, m->v));
    if ((flags & AUTHORITATIVE) != 0)
        out_char(o, '*');
    if ((flags & RECURSION_AVAILABLE) == 0)
        out_char(o, '-');
    if ((flags & TRUNCATED) != 0)
        out_char(o, '|');
    if ((flags & AUTHENTIC_DATA) != 0)
        out_char(o, '$');
    u32 at = say_asked(d, m);
    if (at == DNS_BAD)
        return false;
    out_char(o, ' ');
    out_dec(o, answers);
    out_char(o, '/');
    out_dec(o, be16_at(d, m->v, AUTHORITIES));
    out_char(o, '/');
    out_dec(o, be16_at(d, m->v, ADDITIONAL));
    at = say_section(d, m, at, answers, "");
    if (at == DNS_BAD)
        return false;
    return !verbose(d, 2) || say_more_sections(d, m, at) != DNS_BAD;
}

/* " [2au]" when a count is not the usual one. */
static void say_count(struct dissect *d, const struct message *m, u32 count_at, u16 usual,
                      const char *unit)
{
    u16 count = be16_at(d, m->v, count_at);

    if (count != usual)
        say(d, " [%u%s]", count, unit);
}

static bool say_query(struct dissect *d, const struct message *m, u16 flags)
{
    struct out *o = d->out;
    u32 opcode = (u32)(flags & OPCODE) >> 11;
    u32 at = HEADER;

    out_dec(o, be16_at(d, m->v, ID));
    out_text_z(o, opcodes[opcode]);
    if ((flags & RECURSION_DESIRED) != 0)
        out_char(o, '+');
    if ((flags & CHECKING_DISABLED) != 0)
        out_char(o, '%');
    if ((flags & NOT_IN_QUERIES) != 0)
        say(d, " [b2&3=0x%x]", flags);
    if (opcode == OPCODE_INVERSE) {
        say_count(d, m, QUESTIONS, 0, "q");
        say_count(d, m, ANSWERS, 1, "a");
    } else {
        say_count(d, m, ANSWERS, 0, "a");
        say_count(d, m, QUESTIONS, 1, "q");
    }
    say_count(d, m, AUTHORITIES, 0, "n");
    say_count(d, m, ADDITIONAL, 0, "au");
    for (u32 i = be16_at(d, m->v, QUESTIONS); i > 0; i--) {
        at = say_question(d, m, at);
        if (at == DNS_BAD)
            return false;
    }
    if (!verbose(d, 2))
        return true;
    at = say_section(d, m, at, be16_at(d, m->v, ANSWERS), "");
    return at != DNS_BAD && say_more_sections(d, m, at) != DNS_BAD;
}

static void say_message(struct dissect *d, const struct message *m)
{
    d->proto = "domain";
    if (m->v.len < HEADER) {
        say(d, "domain [length %u < %u]", m->v.len, (unsigned)HEADER);
        invalid(d);
        return;
    }
    if (!view_has(m->v, 0, HEADER)) {
        truncated(d);
        return;
    }
    u16 flags = be16_at(d, m->v, FLAGS);
    if ((flags & RESPONSE) != 0 ? say_response(d, m, flags) : say_query(d, m, flags)) {
        out_text_z(d->out, " (");
        out_dec(d->out, m->v.len);
        out_char(d->out, ')');
    } else {
        truncated(d);
    }
}

void print_dns_udp(struct dissect *d, struct view v)
{
    say_message(d, &(struct message){ .v = v });
}

void print_mdns(struct dissect *d, struct view v)
{
    say_message(d, &(struct message){ .v = v, .mdns = true });
}

/* RFC 1035, section 4.2.2: the message's length goes first; one message fills one segment. */
void print_dns_tcp(struct dissect *d, struct view v)
{
    enum { PREFIX = 2 };

    d->proto = "domain";
    if (v.len < PREFIX) {
        say(d, " [DNS over TCP: length %u < %u]", v.len, (unsigned)PREFIX);
        invalid(d);
        return;
    }
    u16 length = be16_at(d, v, 0);
    v = view_from(v, PREFIX);
    if (length != v.len) {
        say(d, " [prefix length(%u) != length(%u)]", length, v.len);
        invalid(d);
        return;
    }
    out_char(d->out, ' ');
    say_message(d, &(struct message){ .v = v });
}
