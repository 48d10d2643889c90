/* Starting -z commands. */
#include "cli/postrotate.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOWEST_PRIORITY = 19 };

/* In the command's process: becomes the command. */
static _Noreturn void become(const char *command, const char *name, const struct console *c)
{
    setpriority(PRIO_PROCESS, 0, LOWEST_PRIORITY);
    execlp(command, command, name, (char *)NULL);
    console_say(c, "compress_savefile: execlp(%s, %s) failed: %s\n", command, name,
                strerror(errno)); /* as tcpdump */
    _exit(1);
}

/* What interrupts a capture must not interrupt the work on its files. */
static void handle_signals(void (*handler)(int))
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE };

    for (size_t i = 0; i < countof(numbers); i++)
        signal(numbers[i], handler);
}

static _Noreturn void serve(int fd, const char *command, const struct console *c)
{
    char name[PATH_MAX];

    handle_signals(SIG_IGN);
    signal(SIGCHLD, SIG_IGN); /* nobody waits for the commands */
    for (;;) {
        ssize_t n = recv(fd, name, sizeof name - 1, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(0);
        name[n] = '\0';
        pid_t pid = fork();
        if (pid == 0) {
            handle_signals(SIG_DFL);
            signal(SIGCHLD, SIG_DFL);
            become(command, name, c);
        }
        if (pid < 0)
            console_say(c, "compress_savefile: fork failed: %s\n", strerror(errno));
    }
}

bool postrotate_start(struct postrotate *p, const char *command, const struct console *c)
{
    int ends[2];

    p->fd = -1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        serve(ends[1], command, c);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    p->fd = ends[0];
    return true;
}

bool postrotate_file(struct postrotate *p, const char *name)
{
    size_t n = strlen(name);

    return send(p->fd, name, n, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)n;
}

void postrotate_end(struct postrotate *p)
{
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
}
