/* The resolver process and the parent's end of the line to it. */
#include "names/system_helper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "names/system_dns.h"

enum { QUESTIONS = 128, MS = 1000, DATAGRAM = 4096 };

/* What goes over the line: an address; an address and a name of `name_length` bytes. */
struct request {
    u8 length, address[16];
};
struct reply {
    u8 length, address[16], heard, name_length;
    char name[DNS_NAME_MAX];
};

/* -- the parent's end -------------------------------------------------------------------------- */

static void lose(struct helper *h)
{
    close(h->fd);
    h->fd = -1;
}

bool helper_ask(struct helper *h, const void *address, u8 length)
{
    struct request q = { .length = length };

    if (h->fd < 0)
        return false;
    memcpy(q.address, address, length);
    if (send(h->fd, &q, sizeof q, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof q)
        return true;
    if (errno != EAGAIN && errno != EINTR)
        lose(h);
    return false;
}

enum helper_result helper_read(struct helper *h, struct helper_answer *answer, int timeout_ms)
{
    struct pollfd p = { .fd = h->fd, .events = POLLIN };
    struct reply r;

    if (h->fd < 0)
        return HELPER_GONE;
    if (poll(&p, 1, timeout_ms) <= 0)
        return HELPER_SILENT;
    ssize_t n = recv(h->fd, &r, sizeof r, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return HELPER_SILENT;
    if (n < (ssize_t)offsetof(struct reply, name) ||
        (size_t)n != offsetof(struct reply, name) + r.name_length ||
        (r.length != 4 && r.length != 16)) {
        lose(h);
        return HELPER_GONE;
    }
    answer->length = r.length;
    answer->heard = r.heard;
    memcpy(answer->address, r.address, sizeof answer->address);
    answer->name_length = r.name_length;
    memcpy(answer->name, r.name, r.name_length);
    return HELPER_ANSWER;
}

void helper_stop(struct helper *h)
{
    if (h->fd >= 0)
        lose(h);
    if (h->pid > 0)
        waitpid(h->pid, NULL, 0);
    h->pid = 0;
}

/* -- the child --------------------------------------------------------------------------------- */

/* A question that is being asked; `length` 0: a free place. */
struct question {
    u8 length, address[16];
    u32 attempt;     /* from 0; the server is attempt % server_count */
    i64 deadline_ms; /* of this attempt */
    u32 query_len;
    u8 query[DNS_QUERY_MAX];
};

struct child {
    const struct resolv *resolv;
    int line;                    /* to the parent */
    int servers[RESOLV_SERVERS]; /* sockets, -1: not connected */
    struct question questions[QUESTIONS];
    u32 asked; /* places in use */
};

static i64 now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * MS + t.tv_nsec / 1000000;
}

/* Tells the parent and frees the place. */
static void finish(struct child *c, struct question *q, bool heard, const char *name, size_t n)
{
    struct reply r = { .length = q->length, .heard = heard, .name_length = (u8)n };

    memcpy(r.address, q->address, sizeof r.address);
    memcpy(r.name, name, n);
    /* Blocks when the parent does not read; it holds at most as many answers as it asked for. */
    if (send(c->line, &r, offsetof(struct reply, name) + n, MSG_NOSIGNAL) < 0 && errno != EINTR)
        _exit(0);
    q->length = 0;
    c->asked--;
}

/* Sends the question to the server whose turn it is, or to the next that takes it. */
static void ask(struct child *c, struct question *q)
{
    const struct resolv *r = c->resolv;
    char name[DNS_NAME_MAX];
    size_t n = dns_reverse_name(name, q->address, q->length);

    for (; q->attempt < r->attempts * r->server_count; q->attempt++) {
        u32 server = q->attempt % r->server_count;
        if (c->servers[server] < 0)
            c->servers[server] = dns_connect(r, server, SOCK_DGRAM);
        q->query_len = (u32)dns_ask(q->query, dns_random_id(), str_make(name, n), DNS_PTR);
        if (c->servers[server] >= 0 &&
            send(c->servers[server], q->query, q->query_len, MSG_NOSIGNAL) > 0) {
            q->deadline_ms = now_ms() + (i64)r->timeout_s * MS;
            return;
        }
    }
    finish(c, q, false, "", 0);
}

static void ask_next_server(struct child *c, struct question *q)
{
    q->attempt++;
    ask(c, q);
}

static void take_request(struct child *c)
{
    struct request r;
    ssize_t n = recv(c->line, &r, sizeof r, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n != sizeof r || (r.length != 4 && r.length != 16))
        _exit(0); /* the parent is gone */
    for (u32 i = 0; i < QUESTIONS; i++) {
        struct question *q = &c->questions[i];
        if (q->length != 0)
            continue;
        *q = (struct question){ .length = r.length };
        memcpy(q->address, r.address, sizeof q->address);
        c->asked++;
        ask(c, q);
        return;
    }
}

/* A datagram of a server: the question that it answers, if any, is finished. */
static void take_answer(struct child *c, const u8 *bytes, size_t n)
{
    struct view message = view_over(bytes, (u32)n, (u32)n);

    for (u32 i = 0; i < QUESTIONS; i++) {
        struct question *q = &c->questions[i];
        char name[DNS_NAME_MAX];
        size_t length;
        if (q->length == 0)
            continue;
        switch (
            dns_pointer(message, view_over(q->query, q->query_len, q->query_len), name, &length)) {
        case DNS_OTHER: break;
        case DNS_FAILED: ask_next_server(c, q); return;
        case DNS_FOUND: finish(c, q, true, name, length); return;
        case DNS_UNKNOWN:
        case DNS_TRUNCATED: finish(c, q, true, "", 0); return;
        }
    }
}

/* Nobody listens at a server, or the network is down: its questions go elsewhere. */
static void drop_server(struct child *c, u32 server)
{
    close(c->servers[server]);
    c->servers[server] = -1;
    for (u32 i = 0; i < QUESTIONS; i++)
        if (c->questions[i].length != 0 &&
            c->questions[i].attempt % c->resolv->server_count == server)
            ask_next_server(c, &c->questions[i]);
}

static void read_server(struct child *c, u32 server)
{
    u8 bytes[DATAGRAM];
    ssize_t n = recv(c->servers[server], bytes, sizeof bytes, 0);

    if (n > 0)
        take_answer(c, bytes, (size_t)n);
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
        drop_server(c, server);
}

/* Questions whose time is over are asked again.  Returns when the next one is due, in ms; -1: none.
 */
static int retry(struct child *c)
{
    i64 now = now_ms(), next = -1;

    for (u32 i = 0; i < QUESTIONS; i++) {
        struct question *q = &c->questions[i];
        if (q->length != 0 && q->deadline_ms <= now)
            ask_next_server(c, q);
        if (q->length != 0 && (next < 0 || q->deadline_ms - now < next))
            next = q->deadline_ms - now;
    }
    return next < 0 ? -1 : (int)next;
}

static _Noreturn void serve(struct child *c)
{
    for (;;) {
        struct pollfd p[1 + RESOLV_SERVERS];
        int timeout_ms = retry(c);
        p[0] = (struct pollfd){ .fd = c->line, .events = c->asked < QUESTIONS ? POLLIN : 0 };
        for (u32 i = 0; i < RESOLV_SERVERS; i++)
            p[1 + i] = (struct pollfd){ .fd = c->servers[i], .events = POLLIN };
        if (poll(p, countof(p), timeout_ms) < 0 && errno != EINTR)
            _exit(0);
        for (u32 i = 0; i < RESOLV_SERVERS; i++)
            if (c->servers[i] >= 0 && p[1 + i].revents != 0)
                read_server(c, i);
        if (p[0].revents & POLLIN)
            take_request(c);
        else if (p[0].revents & (POLLHUP | POLLERR))
            _exit(0);
    }
}

/* The parent decides when it is time to end; a terminal's signals go to both. */
static void ignore_signals(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE };

    for (size_t i = 0; i < countof(numbers); i++)
        signal(numbers[i], SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

bool helper_start(struct helper *h, const struct resolv *r, void (*confine)(void *context),
                  void *context)
{
    int ends[2];

    *h = (struct helper){ .fd = -1 };
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return false;
    h->pid = fork();
    if (h->pid == 0) {
        static struct child child; /* too large for a stack, and there is one per process */
        close(ends[0]);
        ignore_signals();
        if (confine != NULL)
            confine(context);
        child.resolv = r;
        child.line = ends[1];
        for (u32 i = 0; i < RESOLV_SERVERS; i++)
            child.servers[i] = -1;
        serve(&child);
    }
    close(ends[1]);
    h->fd = ends[0];
    if (h->pid < 0) {
        lose(h);
        return false;
    }
    return true;
}
