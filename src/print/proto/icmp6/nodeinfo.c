/*
 * Node information queries.  RFC 4620, section 4, and its draft 03 (names as one Pascal string).
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |  ICMPv6 header: query or reply, with the kind of subject or   |
 *   |  the result as its code                                       |
 *   +-------------------------------+-------------------------------+
 *   |           query type          |             flags             |
 *   |                       nonce (8 bytes)                         |
 *   |         query: the subject; reply: what was asked for         |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/icmp6/icmp6.h"

enum { TYPE, CODE, QUERY_TYPE = 4, FLAGS = 6, DATA = 16 };
enum { QUERY = 139 };
enum { KAME_REQUEST = 12 }; /* the "who are you" that the KAME stack sent before there was a draft */

enum query { NOOP, SUPPORTED_TYPES, NODE_NAME, NODE_ADDRESSES };
enum subject { SUBJECT_IP6, SUBJECT_NAME, SUBJECT_IP4 };
enum result { SUCCESS, REFUSED, UNKNOWN };

NAMES(address_flags,
      (0x40, "a")
      /* anycast */
      (0x20, "G")
      /* global */
      (0x10, "S")
      /* site-local */
      (0x08, "L")
      /* link-local */
      (0x04, "C")
      /* IPv4-compatible */
      (0x02, "A")
      /* of all interfaces */
      (0x01, "T")
      /* truncated; not in queries */);

/* Labels without compression. */
static void say_labels(struct dissect *d, struct view v)
{
    say_z(d, ", \"");
    for (;;) {
        int length = view_byte(v, 0);
        if (length < 0)
            break;
        v = view_from(v, 1);
        if (length == 0) {
            if (v.cap == 0)
                say_z(d, ".");
            else if (v.cap != 1 || view_byte(v, 0) != 0) /* two zeros end a name without domain */
                say_z(d, "???");
            break;
        }
        if ((u32)length > v.cap) {
            say_z(d, "???");
            break;
        }
        say_visible(d, view_sub(v, 0, (u32)length));
        v = view_from(v, (u32)length);
        if (v.cap > 1 && view_byte(v, 0) > 0)
            say_z(d, ".");
    }
    say_z(d, "\"");
}

/* A name, in one of two spellings, up to the end of the packet. */
static void say_name(struct dissect *d, struct view v)
{
    u8 length = u8_at(d, v, 0);

    if ((u32)length + 1 != v.cap) {
        say_labels(d, v);
        return;
    }
    if (verbose(d, 1))
        say_z(d, ", 03 draft");
    say_z(d, ", \"");
    say_visible(d, view_sub(v, 1, length));
    say_z(d, "\"");
}

static void say_supported_types(struct dissect *d, u16 flags)
{
    say_z(d, "supported qtypes");
    if (flags != 0)
        say(d, " [%s]", flags & 1 ? "C" : "");
}

static void say_subject(struct dissect *d, struct view v)
{
    u8 kind = u8_at(d, v, CODE);
    u32 address = kind == SUBJECT_IP6 ? 16 : 4;

    switch (kind) {
    case SUBJECT_NAME:
        say_z(d, ", subject=DNS name");
        say_name(d, view_from(v, DATA));
        return;
    case SUBJECT_IP6:
    case SUBJECT_IP4:
        if (!view_has(v, DATA, address))
            return;
        if (v.cap != DATA + address) {
            if (verbose(d, 1))
                say_z(d, ", invalid subject len");
        } else if (kind == SUBJECT_IP6) {
            say_at(d, v, ", subject=%pI6", AT_ADDRESS(DATA));
        } else {
            say_at(d, v, ", subject=%pI4", AT_ADDRESS(DATA));
        }
        return;
    default: say_z(d, ", unknown subject");
    }
}

static void say_query(struct dissect *d, struct view v)
{
    u16 type = be16_at(d, v, QUERY_TYPE), flags = be16_at(d, v, FLAGS);

    switch (type) {
    case NOOP: say_z(d, "noop"); break;
    case SUPPORTED_TYPES: say_supported_types(d, flags); break;
    case NODE_NAME: say_z(d, "DNS name"); break;
    case NODE_ADDRESSES:
        say_z(d, "node addresses");
        if (flags != 0)
            say(d, " [%s]", flags_of(d, &address_flags.names, flags & 0xfffeu, "", ""));
        break;
    default: say_z(d, "unknown");
    }
    if (type == NOOP || type == SUPPORTED_TYPES) {
        if (v.cap != DATA && verbose(d, 1))
            say_z(d, ", invalid len");
    } else if (v.cap == DATA) {
        say_z(d, ", 03 draft");
    } else {
        say_subject(d, v);
    }
}

/* Pairs of a lifetime and an address. */
static void say_addresses(struct dissect *d, struct view v, u16 flags)
{
    enum { LIFETIME, ADDRESS = 4, PAIR = 20 };

    say_z(d, "node addresses");
    for (struct view pair = view_from(v, DATA); view_has(pair, 0, PAIR);
         pair = view_from(pair, PAIR))
        say_at(d, pair, " %pI6(%lu)", AT_ADDRESS(ADDRESS), AT_BE32(LIFETIME));
    if (flags != 0)
        say(d, " [%s]", flags_of(d, &address_flags.names, flags, "", ""));
}

static void say_answer(struct dissect *d, struct view v)
{
    enum { NAME = DATA + 4 };
    u16 flags = be16_at(d, v, FLAGS);

    if (verbose(d, 1))
        say_z(d, "success, ");
    switch (be16_at(d, v, QUERY_TYPE)) {
    case NOOP:
        say_z(d, "noop");
        if (v.cap != DATA && verbose(d, 1))
            say_z(d, ", invalid length");
        break;
    case SUPPORTED_TYPES: say_supported_types(d, flags); break;
    case NODE_NAME:
        say_z(d, "DNS name");
        say_name(d, view_from(v, NAME));
        if ((flags & 1) != 0)
            say_at(d, v, " [TTL=%lu]", AT_BE32(DATA));
        break;
    case NODE_ADDRESSES: say_addresses(d, v, flags); break;
    default: say_z(d, "unknown");
    }
}

static void say_reply(struct dissect *d, struct view v)
{
    switch (u8_at(d, v, CODE)) {
    case SUCCESS: say_answer(d, v); return;
    case REFUSED: say_z(d, "refused"); break;
    case UNKNOWN: say_z(d, "unknown"); break;
    default: return;
    }
    if (v.cap != DATA && verbose(d, 1))
        say_z(d, ", invalid length");
}

/* As tcpdump: it is the captured length that counts here. */
void say_node_information(struct dissect *d, struct view v)
{
    bool query = u8_at(d, v, TYPE) == QUERY;

    if (query && v.cap == KAME_REQUEST) {
        say_z(d, " who-are-you request");
        return;
    }
    if (query)
        say_z(d, " node information query");
    if (!view_has(v, 0, DATA) || (!query && v.len > v.cap)) {
        truncated(d);
        return;
    }
    if (query) {
        say_z(d, " (");
        say_query(d, v);
    } else {
        say_z(d, " node information reply (");
        say_reply(d, v);
    }
    say_z(d, ")");
}
