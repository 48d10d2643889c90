/*
 * One live interface, as the files of this module share it; private to it.
 *
 *     source_live.c  opens and closes      live_filter.c  installs filters
 *     live_read.c    reads the ring        live_clock.c   time stamp types
 */
#ifndef CAPTURE_LIVE_H
#define CAPTURE_LIVE_H

#include "capture/cooked.h"
#include "capture/iface.h"
#include "capture/ring.h"
#include "capture/source_live.h"

struct live {
    struct source base;
    struct source_interface interface;
    struct live_options options; /* its strings are not ours: do not use them after opening */
    int fd;                      /* the packet socket */
    int netlink;                 /* for statistics; -1 when there is none */
    struct ring ring;
    enum framing framing;
    u32 loopback_ifindex; /* of `lo`; 0 when there is none */
    struct iface_names names;

    struct source_filter filter;
    bool filtered;    /* `filter` is in force */
    bool judge_all;   /* ... and the kernel cannot run it */
    u64 judge_until;  /* ... or it could not until the ring has turned so far, see ring_round() */

    struct source_stats stats; /* so far; the kernel's own counters start anew when they are read */
    u64 missed_before;         /* the interface's counter when we opened it */
    u64 counted_at;            /* ring.turned when the kernel's counters were read last */

    u64 dry_at;                /* ring.turned when the ring was empty last */

    bool down;        /* the interface went down; it may come back */
    bool vanished;    /* it was removed */
    bool stopping;    /* source_stop() was called */
    i64 deadline_ms;  /* monotonic; when draining ends whatever the ring says */
    int result;       /* 0, or what every further source_next() returns */
};

/* The ops, see struct source_ops. */
int live_next(struct source *s, struct packet *batch, int max);
bool live_wait(struct source *s, int timeout_ms, int wake_fd);
void live_stop(struct source *s);
bool live_attach(struct source *s, const struct source_filter *filter);
bool live_stats(struct source *s, u32 interface, struct source_stats *stats);

/* Adds what the kernel counted to l->stats, and notices losses. */
void live_count(struct live *l);

/* Lets the kernel take no packet at all.  False with errno. */
bool live_reject_all(int fd);

/* Asks for the options' time stamps; false with l->base.err when that is fatal. */
bool live_clock_select(struct live *l, const char *device);

/* The time stamp types that a device has, a bit (1 << enum live_clock) each. */
u32 live_clocks(int fd, const char *device);

#endif
