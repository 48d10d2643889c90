/* Asking name servers. */
#include "names/system_dns.h"

#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"

enum { PORT = 53, MS = 1000 };

static i64 now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * MS + t.tv_nsec / 1000000;
}

u16 dns_random_id(void)
{
    u16 id;

    /* Without random numbers, time is still better than nothing. */
    if (getrandom(&id, sizeof id, GRND_NONBLOCK) != sizeof id)
        id = (u16)now_ms();
    return id;
}

static unsigned zone_index(struct str zone)
{
    char name[IF_NAMESIZE];

    if (zone.len == 0 || zone.len >= sizeof name)
        return 0;
    memcpy(name, zone.p, zone.len);
    name[zone.len] = '\0';
    return if_nametoindex(name);
}

int dns_connect(const struct resolv *r, u32 i, int type)
{
    const struct resolved *server = &r->servers[i];
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(PORT) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(PORT),
                               .sin6_scope_id = zone_index(r->zones[i]) };
    bool is_v4 = server->length == 4;

    memcpy(&v4.sin_addr, server->bytes, sizeof v4.sin_addr);
    memcpy(&v6.sin6_addr, server->bytes, sizeof v6.sin6_addr);
    int fd = socket(is_v4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    const struct sockaddr *to = is_v4 ? (const void *)&v4 : (const void *)&v6;
    if (connect(fd, to, is_v4 ? sizeof v4 : sizeof v6) == 0 || errno == EINPROGRESS)
        return fd;
    int saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

/* Whether the descriptor is ready for `events` before the deadline. */
static bool wait_until(int fd, short events, i64 deadline)
{
    struct pollfd p = { .fd = fd, .events = events };

    for (;;) {
        i64 left = deadline - now_ms();
        int n = poll(&p, 1, left > 0 ? (int)left : 0);
        if (n > 0)
            return true;
        if (n == 0 || errno != EINTR)
            return false;
    }
}

/* A question and where its answer's addresses go. */
struct lookup {
    u8 query[DNS_QUERY_MAX];
    u32 query_len;
    u8 *answer; /* DNS_ANSWER_MAX bytes */
    struct resolved *found;
    u32 max, *count;
    i64 deadline;
};

static enum dns_result read_answer(const struct lookup *l, size_t n)
{
    return dns_addresses(view_over(l->answer, (u32)n, (u32)n),
                         view_over(l->query, l->query_len, l->query_len), l->found, l->max,
                         l->count);
}

static enum dns_result ask_udp(const struct lookup *l, int fd)
{
    if (send(fd, l->query, l->query_len, MSG_NOSIGNAL) != (ssize_t)l->query_len)
        return DNS_FAILED;
    while (wait_until(fd, POLLIN, l->deadline)) {
        ssize_t n = recv(fd, l->answer, DNS_ANSWER_MAX, 0);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return DNS_FAILED; /* e.g. nobody listens there */
        if (n <= 0)
            continue;
        enum dns_result result = read_answer(l, (size_t)n);
        if (result != DNS_OTHER)
            return result;
    }
    return DNS_FAILED;
}

/* All `n` bytes in one direction before the deadline. */
static bool transfer(int fd, u8 *bytes, size_t n, bool out, i64 deadline)
{
    while (n > 0) {
        if (!wait_until(fd, out ? POLLOUT : POLLIN, deadline))
            return false;
        ssize_t step = out ? send(fd, bytes, n, MSG_NOSIGNAL) : recv(fd, bytes, n, 0);
        if (step == 0 || (step < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (step > 0) {
            bytes += step;
            n -= (size_t)step;
        }
    }
    return true;
}

/* Over TCP each message has its length in front, RFC 1035 section 4.2.2. */
static enum dns_result ask_tcp(const struct lookup *l, int fd)
{
    u8 framed[2 + DNS_QUERY_MAX], length[2];

    store_be16(framed, (u16)l->query_len);
    memcpy(framed + 2, l->query, l->query_len);
    if (!transfer(fd, framed, 2 + l->query_len, true, l->deadline) ||
        !transfer(fd, length, sizeof length, false, l->deadline) ||
        !transfer(fd, l->answer, load_be16(length), false, l->deadline))
        return DNS_FAILED;
    enum dns_result result = read_answer(l, load_be16(length));
    return result == DNS_FOUND || result == DNS_UNKNOWN ? result : DNS_FAILED;
}

/* One server, once. */
static enum dns_result ask(struct lookup *l, const struct resolv *r, u32 server)
{
    enum dns_result result = DNS_FAILED;
    int fd = dns_connect(r, server, SOCK_DGRAM);

    l->deadline = now_ms() + (i64)r->timeout_s * MS;
    if (fd >= 0) {
        result = ask_udp(l, fd);
        close(fd);
    }
    if (result != DNS_TRUNCATED)
        return result;
    fd = dns_connect(r, server, SOCK_STREAM);
    if (fd < 0)
        return DNS_FAILED;
    result = ask_tcp(l, fd);
    close(fd);
    return result;
}

enum dns_result dns_lookup(const struct resolv *r, struct str name, enum dns_type type,
                           struct resolved *found, u32 max, u32 *count)
{
    struct lookup l = {
        .found = found, .max = max, .count = count, .answer = malloc(DNS_ANSWER_MAX)
    };
    enum dns_result result = DNS_FAILED;

    *count = 0;
    if (l.answer == NULL)
        return DNS_FAILED;
    for (u32 i = 0; i < r->attempts * r->server_count && result == DNS_FAILED; i++) {
        l.query_len = (u32)dns_ask(l.query, dns_random_id(), name, type);
        if (l.query_len == 0)
            result = DNS_UNKNOWN; /* DNS has no such names */
        else
            result = ask(&l, r, i % r->server_count);
    }
    free(l.answer);
    return result;
}
