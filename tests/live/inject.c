/*
 * Makes a running process execute a system call, to see whether it may.
 *
 *     inject PID NAME [ARGUMENT...]
 *
 * NAME is a row of the table below, arguments are numbers.  The process is stopped while it waits
 * in a system call, its registers are changed, and it goes on into the call.  Prints the result, or
 * "killed by SIGNAL".  x86-64 only; ends with status 77 elsewhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if !defined(__x86_64__)
int main(void)
{
    return 77;
}
#else
#include <errno.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
    const char *name;
    long number;
} calls[] = {
    { "open", SYS_open },       { "openat", SYS_openat },   { "socket", SYS_socket },
    { "execve", SYS_execve },   { "ptrace", SYS_ptrace },   { "kill", SYS_kill },
    { "fork", SYS_fork },       { "clone", SYS_clone },     { "mmap", SYS_mmap },
    { "mprotect", SYS_mprotect }, { "ioctl", SYS_ioctl },   { "setsockopt", SYS_setsockopt },
    { "unlink", SYS_unlink },   { "rename", SYS_rename },   { "bind", SYS_bind },
    { "connect", SYS_connect }, { "setuid", SYS_setuid },   { "prctl", SYS_prctl },
    { "bpf", SYS_bpf },         { "keyctl", SYS_keyctl },   { "mount", SYS_mount },
    { "chmod", SYS_chmod },     { "process_vm_writev", SYS_process_vm_writev },
    { "io_uring_setup", 425 },  { "pidfd_open", 434 },      { "getuid", SYS_getuid },
    { "uname", SYS_uname },
};

enum { SYSCALL_BYTES = 2 }; /* of the instruction */

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static long number_of(const char *name)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        if (strcmp(calls[i].name, name) == 0)
            return calls[i].number;
    fprintf(stderr, "inject: no call %s\n", name);
    exit(2);
}

/* Until the process stops for us.  0 when it does; else it is gone, and how is printed. */
static int wait_for_stop(pid_t pid)
{
    int status;

    if (waitpid(pid, &status, __WALL) < 0)
        fail("waitpid");
    if (WIFSTOPPED(status))
        return 0;
    if (WIFSIGNALED(status))
        printf("killed by %s\n", strsignal(WTERMSIG(status)));
    else
        printf("exited %d\n", WEXITSTATUS(status));
    return 1;
}

int main(int argc, char **argv)
{
    struct user_regs_struct regs;

    if (argc < 3)
        return 2;
    pid_t pid = (pid_t)atol(argv[1]);
    unsigned long long args[6] = { 0 };
    for (int i = 3; i < argc && i < 9; i++)
        args[i - 3] = strtoull(argv[i], NULL, 0);
    if (ptrace(PTRACE_ATTACH, pid, 0, 0) < 0)
        fail("attach");
    wait_for_stop(pid);
    if (ptrace(PTRACE_GETREGS, pid, 0, &regs) < 0)
        fail("getregs");
    regs.rip -= SYSCALL_BYTES; /* back onto the instruction that it waits in */
    regs.rax = (unsigned long long)number_of(argv[2]);
    regs.orig_rax = (unsigned long long)-1; /* no restart of the old call */
    regs.rdi = args[0], regs.rsi = args[1], regs.rdx = args[2];
    regs.r10 = args[3], regs.r8 = args[4], regs.r9 = args[5];
    if (ptrace(PTRACE_SETREGS, pid, 0, &regs) < 0 || ptrace(PTRACE_SINGLESTEP, pid, 0, 0) < 0)
        fail("go on");
    for (;;) {
        if (wait_for_stop(pid) != 0)
            return 0;
        if (ptrace(PTRACE_GETREGS, pid, 0, &regs) < 0)
            fail("getregs");
        siginfo_t info;
        if (ptrace(PTRACE_GETSIGINFO, pid, 0, &info) == 0 && info.si_signo != SIGTRAP) {
            /* The signal that ends it: hand it over. */
            if (ptrace(PTRACE_CONT, pid, 0, info.si_signo) < 0)
                fail("cont");
            continue;
        }
        printf("returned %lld\n", (long long)regs.rax);
        kill(pid, SIGKILL);
        return 0;
    }
}
#endif
