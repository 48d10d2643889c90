/* Reading a live interface: frames to packets, waiting, stopping, interfaces that come and go. */
#include "capture/live.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/bytes.h"
#include "base/ethertype.h"
#include "base/time.h"
#include "capture/failure.h"

enum {
    /* How much later than asked a block's timer may ring on a busy machine. */
    DRAIN_GRACE_MS = 100,
    DRAIN_POLL_MS = 2,
    /* An interface that is down does not tell when it is removed. */
    DOWN_POLL_MS = 50,
    COUNT_EVERY = 1 << 12, /* blocks; far before the kernel's 32-bit counters overflow */
};

static i64 monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What is left of the room between the sender's address, which has been read, and the bytes. */
static inline u8 headroom(const struct packet *p, const struct frame *frame)
{
    ptrdiff_t room = p->data - (const u8 *)(frame->from + 1);
    return (u8)(room < UINT8_MAX ? room : UINT8_MAX);
}

/* The packet as the kernel saw it.  Before Linux 3.14 a tag came without its type. */
static inline void show(const struct live *l, const struct frame *frame, struct packet *p)
{
    const struct sockaddr_ll *from = frame->from;
    bool tagged = ((frame->status & TP_STATUS_VLAN_VALID) | frame->vlan_tci) != 0;
    bool typed = (frame->status & TP_STATUS_VLAN_TPID_VALID) != 0;
    u16 protocol = load_be16(&from->sll_protocol);
    if (unlikely(tagged) && framing_header_bytes(l->framing) > 0)
        protocol = framing_inner_protocol(frame, protocol);
    /* Every field by itself: clearing the whole struct first takes longer than the rest of this. */
    p->ts_ns = (i64)frame->seconds * NS_PER_SECOND + frame->nanoseconds;
    p->caplen = frame->caplen;
    p->len = frame->len;
    p->data = frame->data;
    p->linktype = l->base.linktype;
    p->direction = from->sll_pkttype == PACKET_OUTGOING ? PACKET_OUT : PACKET_IN;
    p->carried_s = 0;
    p->interface = 0;
    p->meta = (struct packet_meta){ .vlan_tci = frame->vlan_tci,
                                    .vlan_tpid = typed ? frame->vlan_tpid : ETHERTYPE_8021Q,
                                    .vlan_present = tagged,
                                    .pkttype = from->sll_pkttype,
                                    .protocol = protocol,
                                    .hatype = from->sll_hatype,
                                    .ifindex = (u32)from->sll_ifindex };
    p->beyond = 0;
    p->comment = p->record = STR_EMPTY;
}

/* False when the filter rejects it. */
static bool judge(const struct live *l, struct packet *p)
{
    u32 keep = l->filter.verdict(l->filter.context, p);
    if (p->caplen > keep)
        p->caplen = keep;
    return keep != 0;
}

static inline bool deliver(const struct live *l, const struct frame *frame, struct packet *p)
{
    show(l, frame, p);
    framing_header(l->framing, frame, p);
    if (unlikely(l->judge_all || l->ring.turned < l->judge_until) && l->filtered && !judge(l, p))
        return false;
    framing_tag(l->framing, p);
    if (p->caplen > l->base.snaplen)
        p->caplen = l->base.snaplen;
    p->headroom = headroom(p, frame);
    return true;
}

/*
 * The kernel marks blocks that it closes after a loss.  When it found the whole ring full and nothing
 * came afterwards, there is no such block, and its counters have to tell.
 */
static void notice_overflow(struct live *l)
{
    if (l->ring.turned - l->dry_at >= ring_round(&l->ring))
        live_count(l);
    l->dry_at = l->ring.turned;
}

/* Nothing can be read now.  Is there more to come? */
static int nothing_ready(struct live *l)
{
    notice_overflow(l);
    if (!l->stopping && !l->vanished)
        return 0;
    if (ring_pending(&l->ring) && monotonic_ms() < l->deadline_ms)
        return 0;
    if (l->stopping)
        return l->result = SOURCE_END;
    fail(l->base.err, "The interface disappeared");
    return l->result = SOURCE_FAILED;
}

/* Packets flow again. */
static void notice_up(struct live *l)
{
    l->down = false;
    if (!l->stopping && !l->vanished)
        l->base.patience_ms = -1;
}

int live_next(struct source *s, struct packet *batch, int max)
{
    struct live *l = (struct live *)s;
    if (l->result < 0)
        return l->result;
    if (!ring_advance(&l->ring))
        return nothing_ready(l);
    struct frame frame;
    int n = 0;
    while (n < max && ring_frame(&l->ring, &frame))
        n += deliver(l, &frame, &batch[n]);
    if (unlikely(l->ring.losing)) {
        l->ring.losing = false;
        s->losing = true;
    }
    if (unlikely(l->ring.turned - l->counted_at >= COUNT_EVERY))
        live_count(l);
    if (unlikely(l->down))
        notice_up(l);
    return n;
}

static int at_most(int timeout_ms, int limit_ms)
{
    return timeout_ms < 0 || timeout_ms > limit_ms ? limit_ms : timeout_ms;
}

static void drain_from_now(struct live *l)
{
    l->deadline_ms = monotonic_ms() + l->options.latency_ms + DRAIN_GRACE_MS;
    l->base.patience_ms = DRAIN_POLL_MS;
}

void live_stop(struct source *s)
{
    struct live *l = (struct live *)s;
    if (l->stopping)
        return;
    live_reject_all(l->fd);
    l->stopping = true;
    drain_from_now(l);
}

static bool is_removed(const struct live *l)
{
    struct sockaddr_ll bound;
    socklen_t size = sizeof(bound);
    return getsockname(l->fd, (struct sockaddr *)&bound, &size) == 0 && bound.sll_ifindex == -1;
}

static void notice_removal(struct live *l)
{
    if (!l->vanished && is_removed(l)) {
        l->vanished = true;
        drain_from_now(l);
    }
}

static void notice_error(struct live *l)
{
    int error = 0;
    socklen_t size = sizeof(error);
    if (getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    if (error == ENETDOWN) {
        l->down = true;
        l->base.patience_ms = at_most(l->base.patience_ms, DOWN_POLL_MS);
        notice_removal(l);
    } else if (error != 0) {
        fail(l->base.err, "Error condition on packet socket: %s", strerror(error));
        l->result = SOURCE_FAILED;
    }
}

bool live_wait(struct source *s, int timeout_ms, int wake_fd)
{
    struct live *l = (struct live *)s;
    struct pollfd fds[] = { { .fd = l->fd, .events = POLLIN }, { .fd = wake_fd, .events = POLLIN } };
    if (l->result < 0)
        return true;
    if (s->patience_ms >= 0)
        timeout_ms = at_most(timeout_ms, s->patience_ms);
    /* While draining, whatever asked for it would wake us up again and again. */
    if (l->stopping || l->vanished)
        fds[1].fd = -1;
    int n = poll(fds, countof(fds), timeout_ms);
    if (n > 0 && (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL)))
        notice_error(l);
    if (l->down)
        notice_removal(l);
    return (n > 0 && fds[0].revents != 0) || l->stopping || l->vanished;
}
