/*
 * Capturing from interfaces: AF_PACKET sockets with a ring of blocks that the kernel fills and we
 * read in place.  Needs CAP_NET_RAW in the user namespace that owns the network namespace, while
 * opening; nothing afterwards.
 */
#ifndef CAPTURE_SOURCE_LIVE_H
#define CAPTURE_SOURCE_LIVE_H

#include "capture/source.h"

enum live_direction { LIVE_INOUT, LIVE_IN, LIVE_OUT };

/* Whose clock stamps the packets, pcap-tstamp(7).  The rows of live_clocks in iface.h. */
enum live_clock {
    CLOCK_HOST,
    CLOCK_HOST_LOWPREC,
    CLOCK_HOST_HIPREC,
    CLOCK_HOST_HIPREC_UNSYNCED,
    CLOCK_ADAPTER,
    CLOCK_ADAPTER_UNSYNCED,
};

enum {
    LIVE_BUFFER_DEFAULT = 2 * 1024 * 1024, /* bytes */
    LIVE_LINKTYPE_NATURAL = -1,
    LIVE_LATENCY_LEAST_MS = 1,      /* for output that somebody is looking at */
    LIVE_LATENCY_PROMPT_MS = 2,     /* for output that a program may be reading */
    LIVE_LATENCY_EASY_MS = 20,      /* for text in a file, which somebody may follow */
    LIVE_LATENCY_RELAXED_MS = 100,  /* for files of packets */
};

struct live_options {
    const char *device; /* a name, "any", or the number that -D shows */
    const char *netns;  /* NULL: this one; else a name (ip netns), a path, or a process id */
    u32 snaplen;        /* bytes, 1..SNAPLEN_MAX; too few for a cooked header are raised */
    bool promiscuous;
    bool monitor;       /* -I: 802.11 monitor mode; only for interfaces that are in it already */
    enum live_direction direction;
    u64 buffer_bytes;   /* 0: LIVE_BUFFER_DEFAULT, for each interface */
    u32 latency_ms;     /* how long a packet may wait in the ring, >= 1 */
    enum live_clock clock;
    int linktype;       /* -y: LINKTYPE_, or LIVE_LINKTYPE_NATURAL.  `any` then is cooked v2 */
    int ring_version;   /* 0: the best that the kernel has; tests ask for TPACKET_V2 */
    /* Told about each thing that is worth a line; text without program name and newline. */
    void (*warn)(void *context, const char *text);
    void *context;
};

/* All options at their defaults, for the device `device`. */
struct live_options live_options_for(const char *device);

/*
 * Opens one interface.  The source holds its socket; nothing is captured until source_attach().
 * NULL with the reason in `failure`.  The strings of the options are not needed afterwards.
 */
struct source *source_live_open(const struct live_options *options, struct source_failure *failure);

/*
 * The name of the kernel's interface `ifindex` in the namespace of packet.interface, as cooked
 * packets need it; "" when it is gone.  Valid until the next call.
 */
struct str source_live_ifname(struct source *s, u32 interface, u32 ifindex);

/*
 * One source over `n` live ones, which it owns from here on, ordered by time stamp.
 * packet.interface is the position in `parts`.  When the interface of a part disappears, `warn` is
 * told and the others go on.  source_attach() gives all parts the same filter; parts of different
 * link types need one each, which may be attached to them directly.
 * NULL, and `parts` closed, when there is no memory.
 */
struct source *source_merge(struct source **parts, u32 n,
                            void (*warn)(void *context, const char *text), void *context,
                            struct source_failure *failure);

#endif
