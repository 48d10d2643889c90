/*
 * The program that the kernel runs on each system call.
 *
 *     ld [arch]     another ABI has other numbers          -> kill
 *     ld [nr]       one test for each call of the list     -> allow, or the check of its arguments
 *                   anything else                          -> kill
 *     ld [args..]   the checks                             -> allow or kill
 */
#include "cli/seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/if.h>
#include <linux/net.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf/assemble.h"

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define ARCH AUDIT_ARCH_I386
#elif defined(__aarch64__)
#define ARCH (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 0 : AUDIT_ARCH_AARCH64)
#elif defined(__arm__)
#define ARCH (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 0 : AUDIT_ARCH_ARM)
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#elif defined(__s390x__)
#define ARCH AUDIT_ARCH_S390X
#elif defined(__powerpc64__)
#define ARCH (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? AUDIT_ARCH_PPC64 : AUDIT_ARCH_PPC64LE)
#elif defined(__loongarch64)
#define ARCH AUDIT_ARCH_LOONGARCH64
#else
#define ARCH 0
#endif

#ifndef SECCOMP_RET_KILL_PROCESS
#define SECCOMP_RET_KILL_PROCESS 0x80000000U /* Linux 4.14; before, it ends the thread */
#endif

enum { ALWAYS = 0, CREATES = SECCOMP_CREATES, READS = SECCOMP_READS, RESOLVES = SECCOMP_RESOLVES };

/* What the arguments of a call must be. */
enum seccomp_check {
    CHECK_ANY,
    CHECK_DATA,       /* mmap, mprotect: not executable */
    CHECK_FILTER,     /* setsockopt: attaching a filter, which stops a capture */
    CHECK_NAME,       /* ioctl: the name of an interface */
    CHECK_OPENAT,     /* flags are the third argument: reading or writing, as needed */
    CHECK_OPEN,       /* ... the second */
    CHECK_CLOEXEC,    /* fcntl: what musl does to each file that it opens */
    CHECK_SOCKETCALL, /* nothing that makes or connects a socket, unless needed */
    CHECKS
};

struct rule {
    u32 nr;
    u8 need;  /* 0: always; else any of these */
    u8 check; /* enum seccomp_check */
};

static const struct rule rules[] = {
#define NEED(need, name, check) { __NR_##name, need, CHECK_##check },
#include "cli/seccomp.def"
#undef NEED
};

enum {
    X32_BIT = 0x40000000, /* x86-64: numbers from here on are those of a third ABI */
    ITEMS_MAX = 256,
    INSNS_MAX = 512,
};

/* Jumps go to items that are not there yet, so their places are settled first. */
struct builder {
    struct item items[ITEMS_MAX];
    u32 count;
    u32 check_at[CHECKS]; /* item where a check begins */
    u32 allow, kill;      /* the two last items */
};

static void add(struct builder *b, u16 code, u32 k, u32 yes, u32 no)
{
    b->items[b->count++] = (struct item){ code, k, yes, no };
}

static void load(struct builder *b, size_t offset)
{
    add(b, BPF_LD_W_ABS, (u32)offset, 0, 0);
}

/* The low half of an argument; where it is depends on the byte order. */
static void load_argument(struct builder *b, u32 i)
{
    size_t low = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? sizeof(u32) : 0;

    load(b, offsetof(struct seccomp_data, args) + i * sizeof(u64) + low);
}

static void add_checks(struct builder *b, u32 needs)
{
    b->check_at[CHECK_DATA] = b->count;
    load_argument(b, 2);
    add(b, BPF_JSET_K, PROT_EXEC, b->kill, b->allow);

    b->check_at[CHECK_FILTER] = b->count;
    load_argument(b, 1);
    add(b, BPF_JEQ_K, SOL_SOCKET, b->count + 1, b->kill);
    load_argument(b, 2);
    add(b, BPF_JEQ_K, SO_ATTACH_FILTER, b->allow, b->kill);

    b->check_at[CHECK_NAME] = b->count;
    load_argument(b, 1);
    add(b, BPF_JEQ_K, SIOCGIFNAME, b->allow, b->kill);

    b->check_at[CHECK_OPENAT] = b->count;
    load_argument(b, 2);
    add(b, BPF_JA, 0, b->count + 2, 0);
    b->check_at[CHECK_OPEN] = b->count;
    load_argument(b, 1);
    add(b, BPF_AND_K, O_ACCMODE, 0, 0);
    u32 writes = needs & CREATES ? b->allow : b->kill;
    add(b, BPF_JEQ_K, O_WRONLY, writes, b->count + 1);
    add(b, BPF_JEQ_K, O_RDONLY, needs & READS ? b->allow : b->kill, b->kill);

    b->check_at[CHECK_CLOEXEC] = b->count;
    load_argument(b, 1);
    add(b, BPF_JEQ_K, F_SETFD, b->allow, b->kill);

    b->check_at[CHECK_SOCKETCALL] = b->count;
    load_argument(b, 0);
    add(b, BPF_JGT_K, needs & RESOLVES ? 0 : SYS_ACCEPT, b->allow, b->kill);
}

static bool applies(const struct rule *r, u32 needs)
{
    return r->need == ALWAYS || (r->need & needs) != 0;
}

static u32 count_rules(u32 needs)
{
    u32 n = 0;

    for (size_t i = 0; i < countof(rules); i++)
        n += applies(&rules[i], needs);
    return n;
}

/* Twice the same: the first run finds out where everything is, the second uses it. */
static void build(struct builder *b, u32 needs)
{
    b->count = 0;
    load(b, offsetof(struct seccomp_data, arch));
    add(b, BPF_JEQ_K, ARCH, b->count + 1, b->kill);
    load(b, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    add(b, BPF_JGE_K, X32_BIT, b->kill, b->count + 1);
#endif
    u32 left = count_rules(needs);
    for (size_t i = 0; i < countof(rules); i++) {
        if (!applies(&rules[i], needs))
            continue;
        left--;
        add(b, BPF_JEQ_K, rules[i].nr, b->check_at[rules[i].check],
            left > 0 ? b->count + 1 : b->kill);
    }
    add_checks(b, needs);
    b->allow = b->check_at[CHECK_ANY] = b->count;
    add(b, BPF_RET_K, SECCOMP_RET_ALLOW, 0, 0);
    b->kill = b->count;
    add(b, BPF_RET_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
}

const struct bpf_insn *seccomp_program(u32 needs, struct arena *arena, u32 *n)
{
    _Static_assert(countof(rules) + 32 < ITEMS_MAX, "the table of items must hold every rule");
    struct builder *b = arena_new(arena, struct builder, 1);

    if (ARCH == 0 || b == NULL)
        return NULL;
    build(b, needs);
    build(b, needs);
    return assemble(arena, b->items, b->count, INSNS_MAX, n);
}

bool seccomp_seal(u32 needs)
{
    /* struct sock_fprog, see capture/live_filter.c. */
    struct {
        unsigned short n;
        const struct bpf_insn *code;
    } program;
    _Alignas(max_align_t) char block[64 * 1024];
    struct arena arena = arena_over(block, sizeof block);
    u32 n = 0;

    program.code = seccomp_program(needs, &arena, &n);
    program.n = (unsigned short)n;
    if (program.code == NULL) {
        errno = ENOSYS;
        return false;
    }
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
