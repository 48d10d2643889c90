/*
 * SCTP: the stream control transmission protocol.  RFC 9260, section 3; payload protocols: IANA
 * "SCTP Payload Protocol Identifiers".
 *
 *    0                               2
 *   +-------------------------------+-------------------------------+
 *   |         source port           |       destination port        |
 *   |                      verification tag                         |
 *   |                          checksum                             |
 *   +---------------+---------------+-------------------------------+
 *   |  chunk type   |     flags     |            length             |  each chunk is filled up to
 *   |  value ...                                                    |  a multiple of 4 bytes
 *   +---------------------------------------------------------------+
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ip.h"
#include "print/proto/m3ua.h"

enum { SOURCE_PORT, DESTINATION_PORT = 2, HEADER_LEN = 12 };

enum { CHUNK_TYPE, CHUNK_FLAGS, CHUNK_LENGTH, CHUNK_HEADER_LEN = 4, ALIGNMENT = 4 };

enum chunk { DATA, INIT, INIT_ACK, SACK };

NAMES(chunks,
      (DATA, "DATA") (INIT, "INIT") (INIT_ACK, "INIT ACK") (SACK, "SACK") (4, "HB REQ")
      (5, "HB ACK") (6, "ABORT") (7, "SHUTDOWN") (8, "SHUTDOWN ACK") (9, "OP ERR")
      (10, "COOKIE ECHO") (11, "COOKIE ACK") (12, "ECN ECHO") (13, "ECN CWR")
      (14, "SHUTDOWN COMPLETE") (0xc0, "FOR CUM TSN") (0xc1, "REL CTRL") (0xc2, "REL CTRL ACK"));

enum { PAYLOAD_M3UA = 3 };

NAMES(payloads,
      (1, "ISDN Q.921") (2, "M2UA") (3, "M3UA") (4, "SUA") (5, "M2PA") (6, "V5.2") (7, "H.248")
      (8, "BICC") (9, "TALI") (10, "DUA") (11, "ASAP") (12, "ENRP") (13, "H.323") (14, "Q.IPC")
      (15, "SIMCO") (16, "DDPSC") (17, "DDPSSC") (18, "S1AP") (19, "RUA") (20, "HNBAP")
      (21, "ForCES HP") (22, "ForCES MP") (23, "ForCES LP") (24, "SBc-AP") (25, "NBAP") (27, "X2AP"));

/* From the first byte of the chunk. */
enum { TSN = 4, STREAM = 8, STREAM_SEQUENCE = 10, PAYLOAD_PROTOCOL = 12, DATA_LEN = 16 };
enum { FLAG_END = 1, FLAG_BEGIN = 2, FLAG_UNORDERED = 4 };
enum {
    INIT_TAG = 4, INIT_WINDOW = 8, INIT_OUTBOUND = 12, INIT_INBOUND = 14, INIT_TSN = 16, INIT_LEN = 20,
};
enum {
    SACK_CUMULATIVE = 4, SACK_WINDOW = 8, SACK_GAPS = 12, SACK_DUPLICATES = 14, SACK_LEN = 16,
    GAP_LEN = 4, DUPLICATE_LEN = 4,
};

/* The contents of a chunk.  False when it is too short, which ends the walk. */
static bool bogus(struct dissect *d, u32 length)
{
    say(d, "bogus chunk length %u]", length);
    return false;
}

static bool say_data(struct dissect *d, struct view v)
{
    u8 flags = u8_at(d, v, CHUNK_FLAGS);

    if ((flags & FLAG_UNORDERED) != 0)
        say_z(d, "(U)");
    if ((flags & FLAG_BEGIN) != 0)
        say_z(d, "(B)");
    if ((flags & FLAG_END) != 0)
        say_z(d, "(E)");
    if ((flags & (FLAG_UNORDERED | FLAG_BEGIN | FLAG_END)) != 0)
        say_z(d, " ");
    if (v.len < DATA_LEN)
        return bogus(d, v.len);
    say_at(d, v, "[TSN: %lu] [SID: %lu] [SSEQ %lu] [PPID %s] ", AT_BE32(TSN), AT_BE16(STREAM),
           AT_BE16(STREAM_SEQUENCE),
           name_of(d, &payloads.names, be32_at(d, v, PAYLOAD_PROTOCOL), "0x%x"));
    if (v.len == DATA_LEN) /* RFC 9260, section 3.3.1: there must be user data */
        return bogus(d, v.len);
    if (!verbose(d, 2))
        return true;
    if (be32_at(d, v, PAYLOAD_PROTOCOL) == PAYLOAD_M3UA) {
        m3ua(d, view_from(v, DATA_LEN));
        d->proto = "sctp";
        return true;
    }
    say_z(d, "[Payload");
    if (!d->opt->no_payload_dump) {
        say_z(d, ":");
        say_payload(d, view_from(v, DATA_LEN));
    }
    say_z(d, "]");
    return true;
}

static bool say_init(struct dissect *d, struct view v)
{
    if (v.len < INIT_LEN)
        return bogus(d, v.len);
    say_at(d, v, "[init tag: %lu] [rwnd: %lu] [OS: %lu] [MIS: %lu] [init TSN: %lu] ",
           AT_BE32(INIT_TAG), AT_BE32(INIT_WINDOW), AT_BE16(INIT_OUTBOUND), AT_BE16(INIT_INBOUND),
           AT_BE32(INIT_TSN));
    return true;
}

static bool say_sack(struct dissect *d, struct view v)
{
    if (v.len < SACK_LEN)
        return bogus(d, v.len);
    u32 cumulative = be32_at(d, v, SACK_CUMULATIVE), chunk_len = v.len;
    u32 gaps = be16_at(d, v, SACK_GAPS), duplicates = be16_at(d, v, SACK_DUPLICATES);

    say_at(d, v, "[cum ack %u] [a_rwnd %lu] [#gap acks %u] [#dup tsns %u] ", cumulative,
           AT_BE32(SACK_WINDOW), gaps, duplicates);
    v = view_from(v, SACK_LEN);
    for (u32 i = 0; repeat(d, i, gaps) && v.len > 0; i++, v = view_from(v, GAP_LEN)) {
        if (v.len < GAP_LEN)
            return bogus(d, chunk_len);
        say(d, "\n\t\t[gap ack block #%u: start = %u, end = %u] ", i + 1, cumulative + be16_at(d, v, 0),
            cumulative + be16_at(d, v, 2));
    }
    for (u32 i = 0; repeat(d, i, duplicates) && v.len > 0; i++, v = view_from(v, DUPLICATE_LEN)) {
        if (v.len < DUPLICATE_LEN)
            return bogus(d, chunk_len);
        say_at(d, v, "\n\t\t[dup TSN #%u: %lu] ", i + 1, AT_BE32(0));
    }
    return true;
}

static void say_number(struct dissect *d, u32 number)
{
    if (verbose(d, 2))
        say(d, "\n\t%u) ", number);
    else
        say(d, "%s (%u) ", number == 1 ? "" : ",", number);
}

/* The chunk at the beginning of `v`.  Returns its length with the fill bytes; 0 ends the walk. */
static u32 say_chunk(struct dissect *d, struct view v, u32 number)
{
    if (v.len < CHUNK_HEADER_LEN) {
        say_number(d, number);
        say_z(d, "[chunk descriptor cut off at end of packet]");
        return 0;
    }
    if (!view_has(v, 0, CHUNK_HEADER_LEN)) {
        truncated(d);
        return 0;
    }
    u8 type = u8_at(d, v, CHUNK_TYPE);
    u32 len = be16_at(d, v, CHUNK_LENGTH);
    if (len < CHUNK_HEADER_LEN) {
        say_number(d, number);
        say(d, "[Bad chunk length %u, < size of chunk descriptor]", len);
        return 0;
    }
    if (!view_has(v, 0, len)) {
        truncated(d);
        return 0;
    }
    say_number(d, number);
    say(d, "[%s] ", name_of(d, &chunks.names, type, "Unknown chunk type: 0x%x"));
    struct view chunk = view_clip(v, len);
    bool sound = true;
    switch (type) {
    case DATA: sound = say_data(d, chunk); break;
    case INIT:
    case INIT_ACK: sound = say_init(d, chunk); break;
    case SACK: sound = say_sack(d, chunk); break;
    default: break;
    }
    if (!sound)
        return 0;
    u32 whole = (len + ALIGNMENT - 1) & ~(u32)(ALIGNMENT - 1);
    if (!view_has(v, 0, whole)) { /* as tcpdump: also when the packet ends without fill bytes */
        truncated(d);
        return 0;
    }
    return whole;
}

void print_sctp(struct dissect *d, struct view v)
{
    d->proto = "sctp";
    if (v.len < HEADER_LEN) {
        say(d, "truncated-sctp - %u bytes missing!", HEADER_LEN - v.len);
        return;
    }
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    d->sport = be16_at(d, v, SOURCE_PORT);
    d->dport = be16_at(d, v, DESTINATION_PORT);
    say_port_numbers(d);
    say_z(d, "sctp");
    v = view_from(v, HEADER_LEN);
    for (u32 number = 1; v.len > 0; number++) {
        u32 len = say_chunk(d, v, number);
        if (len == 0)
            return;
        v = view_from(v, len);
    }
}
