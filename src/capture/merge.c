/*
 * Several live sources as one, ordered by time stamp.
 *
 * Each source is in order by itself, but their rings hand over at different times: what lies ready
 * in one may be younger than what the kernel still holds for another.  So a packet goes out when
 * every other source has shown a packet that is not older, or has had the time in which its ring
 * hands over everything that was there when this packet was read.
 */
#include "capture/merge.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "capture/failure.h"
#include "capture/live.h"

enum {
    PART_BATCH = 256,
    WINDOW_GRACE_MS = 10, /* how late a ring's timer may ring, beyond what it was set to */
};

struct part {
    struct source *source;
    struct packet batch[PART_BATCH];
    int at, n;   /* packets of `batch` that have not gone out are [at, n) */
    i64 read_ms; /* monotonic; when the batch was read */
    bool ended;
};

struct merge {
    struct source base;
    struct source_interface interfaces[SOURCE_INTERFACES_MAX];
    void (*warn)(void *context, const char *text);
    void *context;
    u32 window_ms; /* after which no source can come up with an older packet */
    bool stopping;
    int result;    /* 0, or what every further merge_next() returns */
    u32 n;
    struct part parts[];
};

static i64 monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct source *source_merge_part(struct source *s, u32 i)
{
    struct merge *m = (struct merge *)s;
    return m->parts[i].source;
}

static bool is_empty(const struct part *part) { return part->at == part->n; }

/* A part failed.  The others go on; the failure of the last one is that of the whole. */
static void lose_part(struct merge *m, const struct part *part)
{
    const struct source *s = part->source;
    char text[SOURCE_ERROR_MAX];
    fail(text, "%s: %s", s->interfaces[0].name, s->err);
    for (u32 i = 0; i < m->n; i++)
        if (!m->parts[i].ended) {
            if (m->warn)
                m->warn(m->context, text);
            return;
        }
    fail(m->base.err, "%s", text);
}

static void refill(struct merge *m, struct part *part)
{
    part->at = part->n = 0;
    i64 now = monotonic_ms();
    int n = source_next(part->source, part->batch, PART_BATCH);
    m->base.losing |= part->source->losing;
    if (n < 0) {
        part->ended = true;
        if (n == SOURCE_FAILED)
            lose_part(m, part);
        return;
    }
    part->n = n;
    part->read_ms = now;
}

/* Batches that have gone out are read anew, whose packets the caller no longer uses. */
static bool refill_all(struct merge *m)
{
    bool alive = false;
    for (u32 i = 0; i < m->n; i++) {
        struct part *part = &m->parts[i];
        if (is_empty(part) && !part->ended)
            refill(m, part);
        alive |= !part->ended || !is_empty(part);
    }
    return alive;
}

/* The part with the oldest packet, NULL when all are empty. */
static struct part *oldest(struct merge *m)
{
    struct part *best = NULL;
    for (u32 i = 0; i < m->n; i++) {
        struct part *part = &m->parts[i];
        if (!is_empty(part) &&
            (!best || part->batch[part->at].ts_ns < best->batch[best->at].ts_ns))
            best = part;
    }
    return best;
}

/* Whether no other part can still come up with something older. */
static bool may_go(const struct merge *m, const struct part *part, i64 now)
{
    if (now - part->read_ms > m->window_ms)
        return true;
    for (u32 i = 0; i < m->n; i++)
        if (is_empty(&m->parts[i]) && !m->parts[i].ended)
            return false;
    return true;
}

static int merge_next(struct source *s, struct packet *batch, int max)
{
    struct merge *m = (struct merge *)s;
    if (m->result < 0)
        return m->result;
    if (!refill_all(m))
        return m->result = m->base.err[0] != '\0' ? SOURCE_FAILED : SOURCE_END;
    i64 now = monotonic_ms();
    int n = 0;
    while (n < max) {
        struct part *part = oldest(m);
        if (!part || !may_go(m, part, now))
            break;
        batch[n] = part->batch[part->at++];
        batch[n++].interface = (u32)(part - m->parts);
        /* What follows it may be the oldest of all, but reading it would overwrite this one. */
        if (is_empty(part))
            break;
    }
    return n;
}

/* How long until the oldest packet that is held back may go; -1 when none is. */
static int held_back_ms(struct merge *m)
{
    struct part *part = oldest(m);
    if (!part)
        return -1;
    i64 left = part->read_ms + m->window_ms + 1 - monotonic_ms();
    return left > 0 ? (int)left : 0;
}

static int sooner(int a, int b) { return a < 0 || (b >= 0 && b < a) ? b : a; }

static bool merge_wait(struct source *s, int timeout_ms, int wake_fd)
{
    struct merge *m = (struct merge *)s;
    struct pollfd fds[SOURCE_INTERFACES_MAX + 1] = { { .fd = wake_fd, .events = POLLIN } };
    int timeout = sooner(timeout_ms, held_back_ms(m));
    /* While draining, whatever asked for it would wake us up again and again. */
    if (m->stopping)
        fds[0].fd = -1;
    for (u32 i = 0; i < m->n; i++) {
        const struct part *part = &m->parts[i];
        /* A part whose packets are held back is ready already, and would end each poll at once. */
        bool quiet = part->ended || !is_empty(part);
        fds[i + 1] = (struct pollfd){ .fd = quiet ? -1 : part->source->fd, .events = POLLIN };
        timeout = part->ended ? timeout : sooner(timeout, part->source->patience_ms);
    }
    int ready = poll(fds, m->n + 1, timeout);
    for (u32 i = 0; i < m->n; i++)
        if (!m->parts[i].ended)
            source_wait(m->parts[i].source, 0, -1);
    return ready <= 0 || fds[0].revents == 0 || ready > 1;
}

static bool merge_attach(struct source *s, const struct source_filter *filter)
{
    struct merge *m = (struct merge *)s;
    for (u32 i = 0; i < m->n; i++)
        if (!source_attach(m->parts[i].source, filter))
            return fail(s->err, "%s: %s", m->interfaces[i].name, m->parts[i].source->err);
    return true;
}

static void merge_stop(struct source *s)
{
    struct merge *m = (struct merge *)s;
    m->stopping = true;
    for (u32 i = 0; i < m->n; i++)
        source_stop(m->parts[i].source);
}

static bool merge_stats(struct source *s, u32 interface, struct source_stats *stats)
{
    struct merge *m = (struct merge *)s;

    if (interface != SOURCE_ALL)
        return source_stats(m->parts[interface].source, stats);
    *stats = (struct source_stats){ 0 };
    for (u32 i = 0; i < m->n; i++) {
        struct source_stats one;
        source_stats(m->parts[i].source, &one);
        stats->received += one.received;
        stats->dropped += one.dropped;
        stats->dropped_by_interface += one.dropped_by_interface;
    }
    s->losing = false;
    return true;
}

static void merge_close(struct source *s)
{
    struct merge *m = (struct merge *)s;
    for (u32 i = 0; i < m->n; i++)
        source_close(m->parts[i].source);
    free(m);
}

static const struct source_ops merge_ops = {
    .next = merge_next,
    .wait = merge_wait,
    .attach = merge_attach,
    .stop = merge_stop,
    .stats = merge_stats,
    .close = merge_close,
};

static void add_part(struct merge *m, u32 i, struct source *s)
{
    const struct live *l = (const struct live *)s;
    u32 window = l->options.latency_ms + WINDOW_GRACE_MS;
    m->parts[i].source = s;
    m->interfaces[i] = s->interfaces[0];
    m->window_ms = m->window_ms > window ? m->window_ms : window;
    m->base.mixed |= i > 0 && s->linktype != m->base.linktype;
    m->base.linktype = i > 0 ? m->base.linktype : s->linktype;
    m->base.snaplen = m->base.snaplen > s->snaplen ? m->base.snaplen : s->snaplen;
}

struct source *source_merge(struct source **parts, u32 n,
                            void (*warn)(void *context, const char *text), void *context,
                            struct source_failure *failure)
{
    struct merge *m = NULL;
    if (n > SOURCE_INTERFACES_MAX)
        fail(failure->text, "at most %u interfaces can be captured at once", SOURCE_INTERFACES_MAX);
    else if (!(m = calloc(1, sizeof(*m) + n * sizeof(m->parts[0]))))
        fail(failure->text, "out of memory");
    if (!m) {
        for (u32 i = 0; i < n; i++)
            source_close(parts[i]);
        return NULL;
    }
    m->base = (struct source){ .ops = &merge_ops,
                               .live = true,
                               .nanoseconds = true,
                               .fd = -1,
                               .patience_ms = -1,
                               .interfaces = m->interfaces,
                               .interface_count = n };
    m->warn = warn;
    m->context = context;
    m->n = n;
    for (u32 i = 0; i < n; i++)
        add_part(m, i, parts[i]);
    return &m->base;
}
