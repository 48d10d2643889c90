/* Classic BPF in the kernel: datagrams through a pair of sockets. */
#include "kernel_filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "bpf/vm.h"

enum { DATAGRAM_MAX = 65536 };

/* struct sock_fprog of <linux/filter.h>, which also defines names that are ours here. */
struct attached {
    unsigned short len;
    const struct bpf_insn *filter;
};

bool kernel_filter_open(struct kernel_filter *k)
{
    const struct bpf_insn all[] = { { .code = BPF_RET_K, .k = 1 } };
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0)
        return false;
    *k = (struct kernel_filter){ pair[0], pair[1] };
    return kernel_filter_attach(k, all, 1) == 1;
}

int kernel_filter_attach(struct kernel_filter *k, const struct bpf_insn *program, u32 n)
{
    const struct attached all = { (unsigned short)n, program };

    if (setsockopt(k->to, SOL_SOCKET, SO_ATTACH_FILTER, &all, sizeof all) == 0)
        return 1;
    return errno == EINVAL ? 0 : -1;
}

long kernel_filter_keeps(struct kernel_filter *k, const u8 *bytes, u32 length)
{
    static u8 got[DATAGRAM_MAX];

    if (send(k->from, bytes, length, 0) != (ssize_t)length)
        return -2;
    const ssize_t kept = recv(k->to, got, sizeof got, MSG_DONTWAIT);
    if (kept > 0 && memcmp(got, bytes, (size_t)kept) != 0)
        abort();
    return kept;
}

/* Whether a load has a meaning that depends on where the kernel put the packet: a negative offset.
 */
static bool depends_on_the_kernel(const struct bpf_insn *insn, u32 x)
{
    switch (bpf_opcode(insn->code)->operand) {
    case BPF_OPERAND_ABS:
    case BPF_OPERAND_MSH: return insn->k >= INT32_MAX && insn->k != BPF_AD_OFF + BPF_AD_ALU_XOR_X;
    case BPF_OPERAND_IND: return insn->k + x >= INT32_MAX;
    default: return false;
    }
}

bool kernel_filter_ours(const struct bpf_insn *program, u32 n, const struct packet *p, u32 *result)
{
    struct bpf_machine m = bpf_start();

    do
        if (depends_on_the_kernel(&program[m.pc], m.x))
            return false;
    while (bpf_step(&m, program, n, p));
    *result = bpf_run(program, p);
    return true;
}
