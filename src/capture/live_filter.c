/*
 * Filters of a live interface.
 *
 * What the kernel runs is a prologue of ours and the filter behind it:
 *
 *     ldb [pkttype]            direction, and the outgoing copies on loopback interfaces
 *     jeq #PACKET_OUTGOING ...
 *     ...                      the filter
 *
 * The order of events leaves no packet unjudged.  Before the socket is bound its filter rejects
 * everything, so the ring is empty when the first real one is installed.  When a filter replaces
 * another, the frames that are in the ring passed the old one; they are judged again in user space
 * until the ring has turned once.
 */
#include "capture/live.h"

#include <errno.h>
#include <linux/filter.h>
#include <string.h>
#include <sys/socket.h>

#include "capture/failure.h"

enum { PROLOGUE_MAX = 5 };

struct program {
    u32 n;
    struct sock_filter code[PROLOGUE_MAX + BPF_INSNS_MAX];
};

_Static_assert(sizeof(struct sock_filter) == sizeof(struct bpf_insn), "the layouts must agree");

static bool install(int fd, const struct program *program)
{
    struct sock_fprog kernel = { .len = (unsigned short)program->n,
                                 .filter = (struct sock_filter *)(uintptr_t)program->code };
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &kernel, sizeof(kernel)) == 0;
}

static void add(struct program *program, u16 code, u8 jt, u8 jf, u32 k)
{
    program->code[program->n++] = (struct sock_filter){ code, jt, jf, k };
}

bool live_reject_all(int fd)
{
    struct program program = { 0 };
    add(&program, BPF_RET | BPF_K, 0, 0, 0);
    return install(fd, &program);
}

/* Outgoing packets of a loopback interface come back as incoming ones: each would be seen twice. */
static void add_prologue(const struct live *l, struct program *program)
{
    static const u32 pkttype = (u32)(SKF_AD_OFF + SKF_AD_PKTTYPE);
    static const u32 ifindex = (u32)(SKF_AD_OFF + SKF_AD_IFINDEX);
    bool any = l->interface.ifindex == 0;
    bool echoes = l->loopback_ifindex != 0 && (any || l->interface.ifindex == l->loopback_ifindex);
    echoes |= l->framing == FRAMING_CAN;

    if (l->options.direction != LIVE_INOUT) {
        bool in = l->options.direction == LIVE_IN;
        add(program, BPF_LD | BPF_B | BPF_ABS, 0, 0, pkttype);
        add(program, BPF_JMP | BPF_JEQ | BPF_K, in ? 0 : 1, in ? 1 : 0, PACKET_OUTGOING);
        add(program, BPF_RET | BPF_K, 0, 0, 0);
    }
    if (!echoes || l->options.direction == LIVE_IN)
        return;
    if (any) {
        add(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, ifindex);
        add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, l->loopback_ifindex);
    }
    add(program, BPF_LD | BPF_B | BPF_ABS, 0, 0, pkttype);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, PACKET_OUTGOING);
    add(program, BPF_RET | BPF_K, 0, 0, 0);
}

static void add_filter(const struct live *l, struct program *program,
                       const struct source_filter *filter)
{
    if (filter && filter->n > 0 && filter->n <= BPF_INSNS_MAX - program->n) {
        memcpy(program->code + program->n, filter->code, filter->n * sizeof(*filter->code));
        program->n += filter->n;
    } else {
        add(program, BPF_RET | BPF_K, 0, 0, l->base.snaplen);
    }
}

static void warn(const struct live *l, const char *text)
{
    if (l->options.warn)
        l->options.warn(l->options.context, text);
}

static void warn_about(const struct live *l, int error)
{
    char text[SOURCE_ERROR_MAX];
    if (error == ENOMEM)
        warn(l, "Couldn't allocate kernel memory for filter: try increasing net.core.optmem_max "
                "with sysctl");
    else {
        fail(text, "Kernel filter failed: %s", strerror(error));
        warn(l, text);
    }
}

bool live_attach(struct source *s, const struct source_filter *filter)
{
    struct live *l = (struct live *)s;
    struct program program = { 0 };
    add_prologue(l, &program);
    bool judge_all = filter && (filter->n == 0 || filter->n > BPF_INSNS_MAX - program.n);
    if (judge_all && filter->n > 0)
        warn(l, "Filter too complex for kernel");
    u32 prologue = program.n;
    add_filter(l, &program, filter);
    if (!l->stopping && !install(l->fd, &program)) {
        int error = errno;
        program.n = prologue;
        add_filter(l, &program, NULL);
        if (!filter || !install(l->fd, &program))
            return fail(s->err, "can't install the filter: %s", strerror(error));
        warn_about(l, error);
        judge_all = true;
    }
    l->filtered = filter != NULL;
    if (filter)
        l->filter = *filter;
    l->judge_all = judge_all;
    /* One round for what is in the ring, and one block more for a packet that is just now on its
     * way through the old program. */
    l->judge_until = l->ring.turned + ring_round(&l->ring) + 1;
    return true;
}
