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
#include <string.h>
#include <sys/socket.h>

#include "capture/cooked_program.h"
#include "capture/failure.h"

struct program {
    u32 n;
    struct bpf_insn code[BPF_INSNS_MAX];
};

/* struct sock_fprog of <linux/filter.h>, whose names collide with those of bpf/insn.h. */
struct kernel_program {
    unsigned short n;
    const struct bpf_insn *code;
};

static bool install(int fd, const struct program *program)
{
    struct kernel_program kernel = { (unsigned short)program->n, program->code };
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &kernel, sizeof(kernel)) == 0;
}

static void add(struct program *program, u16 code, u8 jt, u8 jf, u32 k)
{
    program->code[program->n++] = (struct bpf_insn){ code, jt, jf, k };
}

bool live_reject_all(int fd)
{
    struct program program = { 0 };
    add(&program, BPF_RET_K, 0, 0, 0);
    return install(fd, &program);
}

/* Outgoing packets of a loopback interface come back as incoming ones: each would be seen twice. */
static void add_prologue(const struct live *l, struct program *program)
{
    static const u32 pkttype = BPF_AD_OFF + BPF_AD_PKTTYPE;
    static const u32 ifindex = BPF_AD_OFF + BPF_AD_IFINDEX;
    bool any = l->interface.ifindex == 0;
    bool echoes = l->loopback_ifindex != 0 && (any || l->interface.ifindex == l->loopback_ifindex);
    echoes |= l->framing == FRAMING_CAN;

    if (l->options.direction != LIVE_INOUT) {
        bool in = l->options.direction == LIVE_IN;
        add(program, BPF_LD_B_ABS, 0, 0, pkttype);
        add(program, BPF_JEQ_K, in ? 0 : 1, in ? 1 : 0, PACKET_OUTGOING);
        add(program, BPF_RET_K, 0, 0, 0);
    }
    if (!echoes || l->options.direction == LIVE_IN)
        return;
    if (any) {
        add(program, BPF_LD_W_ABS, 0, 0, ifindex);
        add(program, BPF_JEQ_K, 0, 3, l->loopback_ifindex);
    }
    add(program, BPF_LD_B_ABS, 0, 0, pkttype);
    add(program, BPF_JEQ_K, 0, 1, PACKET_OUTGOING);
    add(program, BPF_RET_K, 0, 0, 0);
}

/* All of each packet: it is for others to judge and to shorten. */
static void add_accept(struct program *program)
{
    add(program, BPF_RET_K, 0, 0, SNAPLEN_MAX);
}

/* False when the kernel cannot run it. */
static bool add_filter(const struct live *l, struct program *program,
                       const struct source_filter *filter)
{
    u32 room = BPF_INSNS_MAX - program->n;
    if (filter->n == 0 || filter->n > room)
        return false;
    if (!cooked_program(l->framing, filter->code, filter->n, program->code + program->n))
        return false;
    program->n += filter->n;
    return true;
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
    u32 prologue = program.n;
    bool in_kernel = filter && add_filter(l, &program, filter);
    if (!in_kernel)
        add_accept(&program);
    if (filter && filter->n > BPF_INSNS_MAX - prologue)
        warn(l, "Filter too complex for kernel");
    if (!l->stopping && !install(l->fd, &program)) {
        int error = errno;
        program.n = prologue;
        add_accept(&program);
        if (!in_kernel || !install(l->fd, &program))
            return fail(s->err, "can't install the filter: %s", strerror(error));
        warn_about(l, error);
        in_kernel = false;
    }
    l->filtered = filter != NULL;
    if (filter)
        l->filter = *filter;
    l->judge_all = !in_kernel;
    /* One round for what is in the ring, and one block more for a packet that is just now on its
     * way through the old program. */
    l->judge_until = l->ring.turned + ring_round(&l->ring) + 1;
    return true;
}
