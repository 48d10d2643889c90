/*
 * Where packets come from: one face for a live interface, several of them, a savefile and a stream.
 *
 *     struct source *s = source_live_open(&options, &failure);
 *     source_attach(s, &filter);
 *     for (;;) {
 *         int n = source_next(s, batch, countof(batch));
 *         if (n < 0)
 *             break;                               SOURCE_END, or SOURCE_FAILED with s->err
 *         if (n == 0) {
 *             flush what was printed;              nothing there just now
 *             source_wait(s, timeout_ms, wake_fd);
 *         }
 *         ... use batch[0..n-1] ...
 *         if (a signal asked for it)
 *             source_stop(s);                      and go on until SOURCE_END
 *     }
 *     source_stats(s, &stats);
 *     source_close(s);
 *
 * A source that has a filter delivers only packets that the filter accepts, whoever evaluates it.
 * Not safe for use by several threads at once.
 */
#ifndef CAPTURE_SOURCE_H
#define CAPTURE_SOURCE_H

#include "base/linktype.h"
#include "base/packet.h"
#include "bpf/insn.h"

/* What source_next() returns instead of a number of packets. */
enum source_result {
    SOURCE_END = -1,    /* nothing will follow: end of file, or drained after source_stop() */
    SOURCE_FAILED = -2, /* the same, because of what s->err says */
};

enum {
    SOURCE_ERROR_MAX = 512,
    SOURCE_INTERFACES_MAX = 64,
    SNAPLEN_MAX = 262144, /* bytes; the largest that tcpdump takes and what it uses by default */
};

/* What an open that failed says, in tcpdump's words: maybe two lines, "lo: ...\n(...)". */
struct source_failure {
    char text[SOURCE_ERROR_MAX];
};

/* Counted since the source was opened; a source that was stopped keeps its numbers. */
struct source_stats {
    u64 received;             /* packets that passed the filter, delivered or lost */
    u64 dropped;              /* of these, lost because the ring was full */
    u64 dropped_by_interface; /* lost before any filter; 0 when nobody knows */
};

/* One interface of a live source. */
struct source_interface {
    char name[64]; /* "eth0", or "eth0@ns" in another network namespace */
    u32 ifindex;   /* the kernel's number; 0 for `any` */
    u16 linktype;  /* LINKTYPE_ */
    u32 snaplen;   /* bytes */
};

/*
 * A filter.  `code` was compiled for the source's link type, for a live source with kernel metadata
 * loads allowed; the kernel runs it if it can.  `verdict` is the same program in user space: it is
 * asked about packets that the kernel could not judge, because the program is not for it or because
 * the packet was there before the program was.  It returns how many bytes to keep, 0 to reject.
 *
 * Of a live source, `verdict` sees packets as the program expects them: with the header of the link
 * type, and a VLAN tag in `meta` only, not in the bytes.  So both give the same answer.
 *
 * Everything must stay valid until the next source_attach() or source_close().
 */
struct source_filter {
    const struct bpf_insn *code;
    u32 n; /* instructions; 0: there is only `verdict` */
    u32 (*verdict)(void *context, const struct packet *packet);
    void *context;
};

struct source;

/* In place of an interface: all of them together. */
#define SOURCE_ALL UINT32_MAX

struct source_ops {
    int (*next)(struct source *s, struct packet *batch, int max);
    bool (*wait)(struct source *s, int timeout_ms, int wake_fd);
    bool (*attach)(struct source *s, const struct source_filter *filter);
    void (*stop)(struct source *s);
    bool (*stats)(struct source *s, u32 interface, struct source_stats *stats);
    void (*close)(struct source *s);
};

/* Read by everybody, written by the implementation only. */
struct source {
    const struct source_ops *ops;
    u16 linktype; /* of all packets, or of the first interface when `mixed` */
    bool mixed;   /* packets may differ in link type: look at packet.linktype */
    u32 snaplen;  /* bytes; the largest of the interfaces */
    bool live;    /* packets come from an interface; there are statistics */
    bool nanoseconds; /* of a savefile: its time stamps are that precise.  Live ones always are. */
    int fd;           /* readable when packets may be there; -1: source_next() itself blocks */
    int patience_ms;  /* source_wait() must be called again after so long; -1: no hurry */
    bool shown;       /* set by a consumer that prints each packet and prefetches what comes behind it */
    bool losing;  /* the kernel dropped packets since source_stats() was last called */
    const struct source_interface *interfaces; /* of a live source */
    u32 interface_count;
    char err[SOURCE_ERROR_MAX]; /* "" or why it failed: no program name in front, no newline last */
};

/*
 * The next packets, at most `max`.  0: nothing is there just now.  Less than 0: enum source_result,
 * and every later call returns the same.  What the packets point to is valid until the next call of
 * any function of this source but source_wait() and source_stats().
 */
static inline int source_next(struct source *s, struct packet *batch, int max)
{
    return s->ops->next(s, batch, max);
}

/*
 * Sleeps until packets may be there, `timeout_ms` are over (< 0: no limit), a signal handler ran,
 * or the descriptor `wake_fd` (< 0: none) is readable.  True when source_next() should be called;
 * false says nothing about packets.
 */
static inline bool source_wait(struct source *s, int timeout_ms, int wake_fd)
{
    return s->ops->wait(s, timeout_ms, wake_fd);
}

/*
 * Installs a filter; NULL accepts everything.  A live source delivers nothing before its first
 * source_attach().  May be called again at any time: from the return on, no packet is delivered
 * that the new filter rejects.  False with s->err when it failed; the old filter is then still in
 * force.
 */
static inline bool source_attach(struct source *s, const struct source_filter *filter)
{
    return s->ops->attach(s, filter);
}

/*
 * Ends a capture without losing anything: packets that arrive from now on are not taken, those
 * that the kernel has already taken are still delivered, and then source_next() says SOURCE_END.
 * A savefile ends at once.
 */
static inline void source_stop(struct source *s) { s->ops->stop(s); }

/* False when the source has no statistics (savefiles). */
static inline bool source_stats(struct source *s, struct source_stats *stats)
{
    return s->ops->stats(s, SOURCE_ALL, stats);
}

/* The same of one interface, a number below s->interface_count. */
static inline bool source_interface_stats(struct source *s, u32 interface,
                                          struct source_stats *stats)
{
    return s->ops->stats(s, interface, stats);
}

/* Releases everything; `s` may be NULL. */
static inline void source_close(struct source *s)
{
    if (s)
        s->ops->close(s);
}

#endif
