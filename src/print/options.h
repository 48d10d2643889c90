/*
 * What the printers are asked to show: one field for each option that changes the text.
 * Fixed for a run; filled by cli, or by a test.
 */
#ifndef PRINT_OPTIONS_H
#define PRINT_OPTIONS_H

#include "base/out.h"
#include "base/packet.h"
#include "base/str.h"
#include "base/types.h"

/* Which bytes follow a packet's line, as -x -xx -X -XX -A -AA ask for. */
enum dump {
    DUMP_NONE,
    DUMP_HEX,             /* -x */
    DUMP_HEX_LINK,        /* -xx: with the link header */
    DUMP_HEX_ASCII,       /* -X */
    DUMP_HEX_ASCII_LINK,  /* -XX */
    DUMP_ASCII,           /* -A */
    DUMP_ASCII_LINK,      /* -AA */
};

/* What stands at the beginning of a packet's line, as -t ... -ttttt ask for. */
enum time_style {
    TIME_OF_DAY,         /* 13:37:00.123456, local time */
    TIME_NONE,           /* -t */
    TIME_SECONDS,        /* -tt: seconds since 1970 */
    TIME_DELTA,          /* -ttt: since the packet before */
    TIME_DATE,           /* -tttt: date and time of day */
    TIME_SINCE_FIRST,    /* -ttttt */
};

/* -T: take the payload of UDP (or TCP, for resp) as this protocol whatever its ports say. */
enum forced_type {
    FORCE_NONE,
    FORCE_AODV, FORCE_CARP, FORCE_CNFP, FORCE_DOMAIN, FORCE_LMP, FORCE_PGM, FORCE_PGM_ZMTP1,
    FORCE_PTP, FORCE_RADIUS, FORCE_RESP, FORCE_RPC, FORCE_RTCP, FORCE_RTP, FORCE_SNMP,
    FORCE_SOMEIP, FORCE_TFTP, FORCE_VAT, FORCE_VXLAN, FORCE_WB, FORCE_ZMTP1,
};

/* Local time: seconds to add to UTC at the given moment. */
struct time_zone {
    i32 (*offset)(void *context, i64 seconds); /* NULL: UTC */
    void *context;
};

/* Something to be said about where each packet is from, behind its time. */
struct packet_origin {
    void (*say)(void *context, struct out *o, const struct packet *p); /* NULL: nothing */
    void *context;
};

struct secrets;

struct print_options {
    bool link_header;      /* -e */
    bool quick;            /* -q */
    bool very_quick;       /* -qq: nothing about the later fragments of a datagram */
    bool numeric;          /* -n: addresses and ports as numbers */
    bool host_only;        /* -N: names without their domain */
    bool absolute_seq;     /* -S */
    bool no_checksums;     /* -K */
    bool asdot;            /* -b: AS numbers as high.low */
    bool mesh;             /* -H: guess 802.11s mesh headers */
    bool raw_nfs_handles;  /* -u */
    bool number_packets;   /* -# */
    bool one_line;         /* -g: no line break behind the IPv4 header at -v */
    bool lengths;          /* --lengths: captured and original length before the time */
    bool nanoseconds;      /* nine digits of a second instead of six */
    bool no_payload_dump;  /* -q, -x, -X: undecoded payload is not dumped on top */
    u8 verbosity;          /* -v: 0 to 4 */
    u32 sampling;          /* --print-sampling: every so many packets one is shown; 0: each */
    enum dump dump;
    enum time_style time;
    enum forced_type forced;
    struct time_zone zone;
    struct packet_origin origin;
    struct str md5_secret; /* -M: shared secret of TCP-MD5 (RFC 2385); empty: digests are not checked */
    const struct secrets *secrets; /* -E: keys of ESP and IKEv2, print/secrets.h; NULL: none */
};

#endif
