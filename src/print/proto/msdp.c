/*
 * MSDP: the multicast source discovery protocol.  RFC 3618, section 12.
 *
 *   +---------------+-------------------------------+
 *   |     type      |   length with these three     |  messages, one behind the other
 *   +---------------+-------------------------------+
 *
 *   source active: | entries | rendezvous point 4 | entries of 12 | a packet |
 *   request:       | reserved | group 4 |
 */
#include "print/printer.h"

enum { TYPE, LENGTH, HEADER_LEN = 3 };

enum message {
    SOURCE_ACTIVE = 1,
    REQUEST,
    RESPONSE,
    KEEPALIVE,
    NOTIFICATION,
    TRACEROUTE_PROGRESS,
    TRACEROUTE_REPLY
};

/* A segment that begins with a longer one, or one of another type, is not decoded. */
enum { FIRST_LENGTH_MAX = 1500, FIRST_TYPE_MAX = TRACEROUTE_REPLY };

/* Longer ones are worth a remark. */
enum { LENGTH_MAX = 1400 };

enum { ENTRIES = HEADER_LEN, ENTRIES_BEGIN = 8, ENTRY_LEN = 12, GROUP = 4 };

/* The packet behind the entries is one that the source has just sent. */
static void say_source_active(struct dissect *d, struct view v)
{
    u32 entries = u8_at(d, v, ENTRIES);
    struct view packet = view_from(v, ENTRIES_BEGIN + entries * ENTRY_LEN);

    say(d, " %u entries", entries);
    if (packet.len == 0)
        return;
    say_z(d, " [w/data]");
    if (verbose(d, 2) && descend(d)) {
        say_z(d, " ");
        print_ip(d, packet);
        ascend(d);
    }
}

static void say_message(struct dissect *d, struct view v)
{
    u8 type = u8_at(d, v, TYPE);

    switch (type) {
    case SOURCE_ACTIVE:
    case RESPONSE:
        say_z(d, type == SOURCE_ACTIVE ? " SA" : " SA-Response");
        say_source_active(d, v);
        break;
    case REQUEST:
        say_z(d, " SA-Request");
        say_at(d, v, " for %pI4", AT_ADDRESS(GROUP));
        break;
    case KEEPALIVE:
        say_z(d, " Keepalive");
        if (v.len != HEADER_LEN)
            say(d, "[len=%u] ", v.len);
        break;
    case NOTIFICATION: say_z(d, " Notification"); break;
    default: say(d, " [type=%u len=%u]", type, v.len); break;
    }
}

void print_msdp(struct dissect *d, struct view v)
{
    d->proto = "msdp";
    say_z(d, ": msdp");
    u8 type = u8_at(d, v, TYPE);
    u32 len = be16_at(d, v, LENGTH);
    if (type == 0 || type > FIRST_TYPE_MAX || len < HEADER_LEN || len > FIRST_LENGTH_MAX) {
        truncated(d);
        return;
    }
    while (v.len > 0 && need(d, v, 0, HEADER_LEN)) {
        type = u8_at(d, v, TYPE);
        len = be16_at(d, v, LENGTH);
        if (verbose(d, 1) || len > LENGTH_MAX)
            say(d, " [len %u]", len);
        if (len < HEADER_LEN || len > v.len) {
            truncated(d);
            return;
        }
        say_message(d, view_claim(v, len));
        v = view_from(v, len);
    }
}
