/*
 * TIPC: transparent inter-process communication, version 2.  tipc.io, "TIPC Protocol Specification",
 * section 3.  All words have 32 bits.
 *
 *    0               1               2               3
 *   +-----+-------+-------+---------+-------------------------------+
 *   | ver | user  | header|         |          message size         |  header: its length in words
 *   | type|          sequence gap   |     broadcast acknowledged    |
 *   |      by user ...              |                               |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum {
    WORD0, WORD1 = 4, WORD2 = 8, WORD3 = 12, WORD4 = 16, WORD5 = 20, WORD6 = 24, WORD7 = 28,
    WORD8 = 32, WORD9 = 36,
};

/* What the words mean. */
enum form { UNKNOWN, PAYLOAD, INTERNAL, DISCOVERY };

static const struct {
    const char *name;
    enum form form;
} users[] = {
    { "Low Importance Data payload", PAYLOAD },
    { "Medium Importance Data payload", PAYLOAD },
    { "High Importance Data payload", PAYLOAD },
    { "Critical Importance Data payload", PAYLOAD },
    { NULL, UNKNOWN },
    { "Broadcast Link Protocol internal", INTERNAL },
    { "Message Bundler Protocol internal", INTERNAL },
    { "Link State Protocol internal", INTERNAL },
    { "Connection Manager internal", PAYLOAD },
    { NULL, UNKNOWN },
    { "Link Changeover Protocol internal", INTERNAL },
    { "Name Table Update Protocol internal", PAYLOAD },
    { "Message Fragmentation Protocol internal", INTERNAL },
    { "Neighbor Detection Protocol internal", DISCOVERY },
};

NAMES(data_types, (0, "CONN_MSG") (1, "MCAST_MSG") (2, "NAMED_MSG") (3, "DIRECT_MSG"));
NAMES(discovery_types, (0, "Link request") (1, "Link response"));

/* The first word. */
static u32 user_of(u32 word) { return word >> 25 & 15; }

static u32 header_len_of(u32 word) { return (word >> 21 & 15) * 4; }

static u32 size_of(u32 word) { return word & 0x1ffff; }

static u32 type_of(u32 word1) { return word1 >> 29; }

/* zone.cluster.node */
#define NODE_FORMAT "%u.%u.%u"
#define NODE(address) (address) >> 24, (address) >> 12 & 0xfff, (address) & 0xfff

static void say_sizes(struct dissect *d, u32 word, const char *user, const char *type)
{
    say(d, ", headerlength %u bytes, MessageSize %u bytes, %s, messageType %s", header_len_of(word),
        size_of(word), user, type);
}

static void say_payload_message(struct dissect *d, struct view v, const char *user)
{
    enum { LEN_WITH_NODES_MIN = 28 };

    u32 word = be32_at(d, v, WORD0), word1 = be32_at(d, v, WORD1), word2 = be32_at(d, v, WORD2);
    u32 previous = be32_at(d, v, WORD3);
    u32 from_port = be32_at(d, v, WORD4), to_port = be32_at(d, v, WORD5);

    if (header_len_of(word) >= LEN_WITH_NODES_MIN) {
        u32 from = be32_at(d, v, WORD6), to = be32_at(d, v, WORD7);
        say(d, "TIPC v%u.0 " NODE_FORMAT ":%u > " NODE_FORMAT ":%u", word >> 29, NODE(from),
            from_port, NODE(to), to_port);
    } else {
        say(d, "TIPC v%u.0 " NODE_FORMAT ":%u > %u", word >> 29, NODE(previous), from_port, to_port);
    }
    say_sizes(d, word, user, name_of(d, &data_types.names, type_of(word1), "Unknown"));
    if (verbose(d, 1) && header_len_of(word) >= LEN_WITH_NODES_MIN)
        say(d, "\n\tPrevious Node " NODE_FORMAT ", Broadcast Ack %u, Link Ack %u, Link Sequence %u",
            NODE(previous), word1 & 0xffff, word2 >> 16, word2 & 0xffff);
}

static void say_internal(struct dissect *d, struct view v, const char *user)
{
    u32 word = be32_at(d, v, WORD0), word1 = be32_at(d, v, WORD1), word2 = be32_at(d, v, WORD2);
    u32 previous = be32_at(d, v, WORD3), word4 = be32_at(d, v, WORD4), word5 = be32_at(d, v, WORD5);
    u32 from = be32_at(d, v, WORD6), to = be32_at(d, v, WORD7);

    say(d, "TIPC v%u.0 " NODE_FORMAT " > " NODE_FORMAT, word >> 29, NODE(from), NODE(to));
    say_sizes(d, word, user, name_of(d, &data_types.names, type_of(word1), "Unknown"));
    say(d, " (0x%08x)", word1);
    if (!verbose(d, 1))
        return;
    u32 word9 = be32_at(d, v, WORD9);
    say(d,
        "\n\tPrevious Node " NODE_FORMAT ", Session No. %u, Broadcast Ack %u, Sequence Gap %u,  "
        "Broadcast Gap After %u, Broadcast Gap To %u, Last Sent Packet No. %u, Next sent Packet No. %u, "
        "Transport Sequence %u, msg_count %u, Link Tolerance %u",
        NODE(previous), word5 >> 16, word1 & 0xffff, word1 >> 16 & 0x1fff, word2 >> 16,
        word2 & 0xffff, word4 >> 16, word4 & 0xffff, be32_at(d, v, WORD8), word9 >> 16,
        word9 & 0xffff);
}

static void say_discovery(struct dissect *d, struct view v, const char *user)
{
    u32 word = be32_at(d, v, WORD0), word1 = be32_at(d, v, WORD1);
    u32 to = be32_at(d, v, WORD2), from = be32_at(d, v, WORD3);

    say(d, "TIPC v%u.0 " NODE_FORMAT " > " NODE_FORMAT, word >> 29, NODE(from), NODE(to));
    say_sizes(d, word, user,
              name_of(d, &discovery_types.names, type_of(word1), "Unknown"));
    if (verbose(d, 1))
        say_at(d, v, "\n\tNodeSignature %u, network_id %lu, media_id %u", word1 & 0xffff,
               AT_BE32(WORD4), be32_at(d, v, WORD5) & 0xff);
}

void print_tipc(struct dissect *d, struct view v)
{
    d->proto = "tipc";
    u32 word = be32_at(d, v, WORD0), user = user_of(word);
    if (user >= countof(users) || users[user].form == UNKNOWN)
        return; /* as tcpdump: nothing is said */
    const char *name = users[user].name;
    switch (users[user].form) {
    case PAYLOAD: say_payload_message(d, v, name); break;
    case INTERNAL: say_internal(d, v, name); break;
    case DISCOVERY: say_discovery(d, v, name); break;
    default: break;
    }
}
