/*
 * AODV: ad hoc on-demand distance vector routing.  RFC 3561, section 5; IPv6: RFC 3561 with wider
 * addresses, and draft-perkins-manet-aodv6-01, which has message types and an order of its own.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |     type      |     flags     | prefix length | hops, entries |
 *   +---------------+---------------+---------------+---------------+
 *   |  request: id, destination, its sequence, source, its sequence |
 *   |  reply: destination, its sequence, source, lifetime           |
 *   |  error: unreachable destinations, each with its sequence      |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { TYPE, FLAGS, PREFIX, COUNT, BODY };

enum {
    REQUEST = 1,
    REPLY,
    ERROR,
    ACKNOWLEDGMENT,
    DRAFT_REQUEST = 16,
    DRAFT_REPLY,
    DRAFT_ERROR,
    DRAFT_ACKNOWLEDGMENT,
};

enum { NO_DELETE = 0x80 };

/* Where the parts of a message are, by size of the addresses and by draft. */
struct layout {
    u8 destination, destination_sequence, source, source_sequence; /* or lifetime */
    u8 len;
};

static const struct layout requests[] = {
    { 8, 12, 16, 20, 24 }, { 8, 24, 28, 44, 48 }, { 16, 8, 32, 12, 48 }
};
static const struct layout replies[] = {
    { 4, 8, 12, 16, 20 }, { 4, 20, 24, 40, 44 }, { 8, 4, 24, 40, 44 }
};

enum { OVER_IP4, OVER_IP6, DRAFT };

static void say_address(struct dissect *d, struct view v, u32 at, bool v6)
{
    if (v6)
        say_ip6_at(d, v, at);
    else
        say_ip4_at(d, v, at);
}

/* What is behind a request or a reply. */
static void say_extension(struct dissect *d, struct view v)
{
    enum { EXTENSION_TYPE, EXTENSION_LEN, EXTENSION_DATA, HELLO = 1, HELLO_LEN = 4 };

    if (v.len < EXTENSION_DATA)
        return;
    u8 type = u8_at(d, v, EXTENSION_TYPE), len = u8_at(d, v, EXTENSION_LEN);
    if (type != HELLO) {
        say(d, "\n\text %u %u", type, len);
        return;
    }
    if (v.len < EXTENSION_DATA + HELLO_LEN) {
        truncated(d);
        return;
    }
    if (len < HELLO_LEN) {
        say(d, "\n\text HELLO - bad length %u", len);
        return;
    }
    say_at(d, v, "\n\text HELLO %lu ms", AT_BE32(EXTENSION_DATA));
}

static void say_request(struct dissect *d, struct view v, u32 kind)
{
    const struct layout *at = &requests[kind];

    if (v.len < at->len) {
        truncated(d);
        return;
    }
    if (!need(d, v, 0, at->len))
        return;
    /* as tcpdump: the flags are looked for in the type, where only the draft's number has one */
    say_at(d, v, "%s rreq %u %shops %lu id 0x%08lx\n\tdst ", kind == OVER_IP6 ? " v6" : "", v.len,
           kind == DRAFT ? "[D] " : " ", AT_U8(COUNT), AT_BE32(BODY));
    say_address(d, v, at->destination, kind != OVER_IP4);
    say_at(d, v, " seq %lu src ", AT_BE32(at->destination_sequence));
    say_address(d, v, at->source, kind != OVER_IP4);
    say_at(d, v, " seq %lu", AT_BE32(at->source_sequence));
    say_extension(d, view_from(v, at->len));
}

static void say_reply(struct dissect *d, struct view v, u32 kind)
{
    enum { PREFIX_MASK = 0x1f };
    const struct layout *at = &replies[kind];

    if (v.len < at->len) {
        truncated(d);
        return;
    }
    if (!need(d, v, 0, at->len))
        return;
    say_at(d, v, " rrep %u  prefix %u hops %lu\n\tdst ", v.len, u8_at(d, v, PREFIX) & PREFIX_MASK,
           AT_U8(COUNT));
    say_address(d, v, at->destination, kind != OVER_IP4);
    say_at(d, v, " dseq %lu src ", AT_BE32(at->destination_sequence));
    say_address(d, v, at->source, kind != OVER_IP4);
    say_at(d, v, " %lu ms", AT_BE32(at->source_sequence));
    say_extension(d, view_from(v, at->len));
}

static void say_error(struct dissect *d, struct view v, bool v6)
{
    u32 count = u8_at(d, v, COUNT), address_len = v6 ? 16 : 4, at = BODY;

    if (v.len < BODY) {
        truncated(d);
        return;
    }
    say(d, " rerr %s [items %u] [%u]:", (u8_at(d, v, FLAGS) & NO_DELETE) != 0 ? "[D]" : "", count,
        v.len);
    for (u32 i = 0; repeat(d, i, count); i++, at += address_len + 4) {
        if (v.len - at < address_len + 4) {
            truncated(d);
            return;
        }
        const void *address = bytes_at(d, v, at, address_len);
        if (v6)
            say(d, " {%pI6}(%u)", address, be32_at(d, v, at + address_len));
        else
            say(d, " {%pI4}(%u)", address, be32_at(d, v, at + address_len));
    }
}

void print_aodv(struct dissect *d, struct view v)
{
    d->proto = "aodv";
    u8 type = u8_at(d, v, TYPE);
    bool v6 = d->net.version == 6;
    say_z(d, " aodv");
    switch (type) {
    case REQUEST: say_request(d, v, v6 ? OVER_IP6 : OVER_IP4); break;
    case REPLY: say_reply(d, v, v6 ? OVER_IP6 : OVER_IP4); break;
    case ERROR: say_error(d, v, v6); break;
    case DRAFT_REQUEST: say_request(d, v, DRAFT); break;
    case DRAFT_REPLY: say_reply(d, v, DRAFT); break;
    case DRAFT_ERROR: say_error(d, v, true); break;
    case ACKNOWLEDGMENT:
    case DRAFT_ACKNOWLEDGMENT: say(d, " rrep-ack %u", v.len); break;
    default: say(d, " type %u %u", type, v.len); break;
    }
}
