/* The resolver of a real machine. */
#include "names/system.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "names/cache.h"
#include "names/system_dns.h"
#include "names/system_files.h"
#include "names/system_helper.h"
#include "names/system_interface.h"

enum { MS = 1000 };

/* Without a limit on patience: waiting in vain altogether, and for one name when that is used up.
 */
enum { SILENCE_MS = 3000, SILENCE_MIN_MS = 100 };

/* What a filter's host name stood for when it was looked up. */
struct known_host {
    struct known_host *next; /* owned */
    u32 count;
    struct str name;         /* behind the addresses */
    struct resolved found[]; /* `count` of them */
};

struct names {
    struct resolver resolver;
    struct names_setup setup;
    u32 local_net, local_mask; /* names_only_local(); 0: all addresses have names */
    struct etc_files etc;
    void *cache_memory; /* owned */
    struct name_cache cache;
    struct helper helper;
    struct interface_names interfaces;
    struct str (*name_interface)(void *context, u32 index); /* NULL: `interfaces` are asked */
    void *name_context;
    u32 overdue;                    /* questions that nobody waits for any more */
    struct known_host *known_hosts; /* owned */
    bool deaf;                      /* no server answered once: nobody is waited for any more */
    i64 patience_ms;                /* waiting that is left just now, with a limit */
    i64 refilled_ms;                /* monotonic: when it was last counted up */
};

/* -- names for numbers ------------------------------------------------------------------------- */

/* Memory for what is learnt about addresses, when the first of them is. */
static void make_cache(struct names *n)
{
    if (n->cache_memory != NULL)
        return;
    size_t size = cache_size();
    n->cache_memory = malloc(size);
    struct arena arena = arena_over(n->cache_memory, n->cache_memory != NULL ? size : 0);
    n->cache = cache_make(&arena, n->etc.seed);
}

static i64 now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * MS + t.tv_nsec / 1000000;
}

/* How long to wait for an answer now, in ms. */
static int patience(struct names *n)
{
    if (n->setup.patience_ms == 0)
        return n->deaf ? 0
                       : (int)(n->patience_ms > SILENCE_MIN_MS ? n->patience_ms : SILENCE_MIN_MS);
    i64 now = now_ms(), most = (i64)n->setup.patience_ms * 4;
    n->patience_ms += (now - n->refilled_ms) / 4;
    if (n->patience_ms > most)
        n->patience_ms = most;
    n->refilled_ms = now;
    if (n->overdue > 0 || n->patience_ms <= 0)
        return 0;
    return (int)(n->patience_ms < n->setup.patience_ms ? n->patience_ms : n->setup.patience_ms);
}

static void remember(struct names *n, const struct helper_answer *a)
{
    n->deaf = !a->heard;
    cache_put(&n->cache, a->address, a->length, a->name_length > 0 ? CACHE_NAMED : CACHE_NAMELESS,
              str_make(a->name, a->name_length));
}

/* Answers that came in the meantime. */
static void catch_up(struct names *n)
{
    struct helper_answer a;

    while (helper_read(&n->helper, &a, 0) == HELPER_ANSWER) {
        n->overdue -= n->overdue > 0;
        remember(n, &a);
    }
}

/* Waits for the answer about one address, remembering others on the way. */
static void await(struct names *n, const void *address, u8 length)
{
    int left = patience(n);
    i64 begun = now_ms();
    struct helper_answer a;

    for (;;) {
        enum helper_result result = helper_read(&n->helper, &a, left);
        i64 waited = now_ms() - begun;
        if (result == HELPER_ANSWER) {
            remember(n, &a);
            if (a.length == length && memcmp(a.address, address, length) == 0) {
                n->patience_ms -= n->setup.patience_ms > 0 ? waited : 0;
                return;
            }
            n->overdue -= n->overdue > 0;
        }
        if (result == HELPER_GONE)
            return;
        if (result == HELPER_SILENT || waited >= left) {
            n->patience_ms -= waited;
            n->overdue++;
            n->deaf = true; /* until it speaks again */
            return;
        }
    }
}

static struct str ask_dns(struct names *n, const void *address, u8 length)
{
    struct str name = STR_EMPTY;

    if (!helper_ask(&n->helper, address, length))
        return name;
    make_cache(n);
    cache_put(&n->cache, address, length, CACHE_ASKED, STR_EMPTY);
    await(n, address, length);
    cache_get(&n->cache, address, length, &name);
    return name;
}

static bool is_foreign(const struct names *n, const void *address, u8 length)
{
    return length == 4 && (load_be32(address) & n->local_mask) != n->local_net;
}

static struct str ip_name(struct names *n, const void *address, u8 length)
{
    struct str name = STR_EMPTY;

    if (is_foreign(n, address, length))
        return name;
    if (n->helper.fd >= 0 && n->overdue > 0)
        catch_up(n);
    switch (cache_get(&n->cache, address, length, &name)) {
    case CACHE_NAMED: return name;
    case CACHE_ASKED:
    case CACHE_NAMELESS: return STR_EMPTY;
    case CACHE_UNKNOWN: break;
    }
    name = etc_host_name(&n->etc.hosts, address, length);
    return name.len > 0 || n->helper.fd < 0 ? name : ask_dns(n, address, length);
}

static struct str mac_name(struct names *n, const void *mac)
{
    struct str name;

    if (cache_get(&n->cache, mac, 6, &name) == CACHE_NAMED)
        return name;
    name = etc_ether_name(&n->etc.ethers, mac);
    if (name.len == 0 && memcmp(mac, "\xff\xff\xff\xff\xff\xff", 6) == 0)
        name = str_of("Broadcast");
    return name;
}

static struct str address_name(void *context, enum address_kind kind, const void *bytes)
{
    struct names *n = context;

    switch (kind) {
    case ADDRESS_IP4: etc_load_hosts(&n->etc); return ip_name(n, bytes, 4);
    case ADDRESS_IP6: etc_load_hosts(&n->etc); return ip_name(n, bytes, 16);
    case ADDRESS_MAC: etc_load_ethers(&n->etc); return mac_name(n, bytes);
    }
    return STR_EMPTY;
}

static struct str port_name(void *context, u16 port, enum transport transport)
{
    struct names *n = context;

    etc_load_services(&n->etc);
    return etc_service_name(&n->etc.services, port, transport);
}

static struct str protocol_name(void *context, u8 protocol)
{
    struct names *n = context;

    etc_load_protocols(&n->etc);
    return etc_protocol_name(&n->etc.protocols, protocol);
}

/* -- numbers for names ------------------------------------------------------------------------- */

/* Whether the kernel knows a way to the address, which is what getaddrinfo() sorts by first. */
static bool is_reachable(const struct resolved *a)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(9) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(9) };

    memcpy(&v4.sin_addr, a->bytes, sizeof v4.sin_addr);
    memcpy(&v6.sin6_addr, a->bytes, sizeof v6.sin6_addr);
    int fd = socket(a->length == 4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    const struct sockaddr *to = a->length == 4 ? (const void *)&v4 : (const void *)&v6;
    bool reachable = connect(fd, to, a->length == 4 ? sizeof v4 : sizeof v6) == 0;
    close(fd);
    return reachable;
}

/* RFC 6724 as far as it decides about whole families: reachable before not, IPv6 before IPv4. */
static int rank(const struct resolved *a)
{
    return (is_reachable(a) ? 0 : 2) + (a->length == 4);
}

/* A stable sort; there are few. */
static void sort_addresses(struct resolved *found, u32 count)
{
    for (u32 i = 1; i < count; i++) {
        struct resolved moved = found[i];
        int moved_rank = rank(&moved);
        u32 at = i;
        for (; at > 0 && rank(&found[at - 1]) > moved_rank; at--)
            found[at] = found[at - 1];
        found[at] = moved;
    }
}

/* Both kinds of address of exactly this name; false when it does not exist or nobody can tell. */
static bool lookup_both(struct names *n, struct str name, struct resolved *found, u32 max,
                        u32 *count)
{
    u32 v4 = 0, v6 = 0;

    enum dns_result first = dns_lookup(&n->etc.resolv, name, DNS_A, found, max, &v4);
    if (first == DNS_FOUND)
        dns_lookup(&n->etc.resolv, name, DNS_AAAA, found + v4, max - v4, &v6);
    *count = v4 + v6;
    return *count > 0;
}

static const struct known_host *find_known(const struct names *n, struct str name)
{
    for (const struct known_host *k = n->known_hosts; k != NULL; k = k->next)
        if (str_equal(k->name, name))
            return k;
    return NULL;
}

/* Without memory nothing is remembered, which matters only to a second compilation. */
static void remember_host(struct names *n, struct str name, const struct resolved *found, u32 count)
{
    struct known_host *k = malloc(sizeof *k + count * sizeof *found + name.len);

    if (k == NULL)
        return;
    char *text = (char *)(k->found + count);
    memcpy(k->found, found, count * sizeof *found);
    memcpy(text, name.p, name.len);
    k->name = str_make(text, name.len);
    k->count = count;
    k->next = n->known_hosts;
    n->known_hosts = k;
}

static u32 look_up_host(struct names *n, struct str name, struct resolved *found, u32 max)
{
    bool more = true;

    etc_load_hosts(&n->etc);
    u32 count = etc_find_host(&n->etc.hosts, name, found, max);
    if (count == 0)
        etc_load_resolv(&n->etc);
    for (u32 i = 0; count == 0 && more; i++) {
        char candidate[DNS_NAME_MAX];
        size_t length = resolv_candidate(&n->etc.resolv, name, i, candidate, sizeof candidate,
                                         &more);
        if (length > 0)
            lookup_both(n, str_make(candidate, length), found, max, &count);
    }
    sort_addresses(found, count);
    return count;
}

static u32 find_host(void *context, struct str name, struct resolved *found, u32 max)
{
    struct names *n = context;
    const struct known_host *known = find_known(n, name);
    u32 count = 0;

    if (known != NULL) {
        count = known->count < max ? known->count : max;
        memcpy(found, known->found, count * sizeof *found);
    } else if (!n->etc.sealed) {
        count = look_up_host(n, name, found, max);
        if (count < max) /* all there are */
            remember_host(n, name, found, count);
    }
    return count;
}

static bool find_net(void *context, struct str name, u32 *number)
{
    struct names *n = context;

    etc_load_networks(&n->etc);
    return etc_find_network(&n->etc.networks, name, number);
}

static bool find_port(void *context, struct str name, enum transport transport, u16 *port)
{
    struct names *n = context;

    etc_load_services(&n->etc);
    return etc_find_service(&n->etc.services, name, transport, port);
}

static bool find_protocol(void *context, struct str name, u8 *protocol)
{
    struct names *n = context;

    etc_load_protocols(&n->etc);
    return etc_find_protocol(&n->etc.protocols, name, protocol);
}

static bool find_mac(void *context, struct str name, u8 mac[6])
{
    struct names *n = context;

    etc_load_ethers(&n->etc);
    return etc_find_ether(&n->etc.ethers, name, mac);
}

static struct str interface(void *context, u32 index)
{
    struct names *n = context;

    if (n->name_interface != NULL)
        return n->name_interface(n->name_context, index);
    return interface_name(&n->interfaces, index);
}

/* -- the whole --------------------------------------------------------------------------------- */

struct names *names_open(const struct names_setup *setup)
{
    struct names *n = calloc(1, sizeof *n);

    if (n == NULL)
        return NULL;
    n->setup = *setup;
    n->helper.fd = -1;
    n->interfaces.fd = -1;
    n->patience_ms = setup->patience_ms > 0 ? (i64)setup->patience_ms * 4 : SILENCE_MS;
    n->refilled_ms = now_ms();
    if (getrandom(&n->etc.seed, sizeof n->etc.seed, GRND_NONBLOCK) != sizeof n->etc.seed)
        n->etc.seed = (u64)n->refilled_ms;
    n->resolver = (struct resolver){
        .context = n,
        .address = address_name,
        .port = port_name,
        .ip_protocol = protocol_name,
        .interface = interface,
        .find_host = find_host,
        .find_net = find_net,
        .find_port = find_port,
        .find_ip_protocol = find_protocol,
        .find_mac = find_mac,
    };
    return n;
}

const struct resolver *names_resolver(struct names *n)
{
    return &n->resolver;
}

void names_prepare(struct names *n)
{
    etc_load_resolv(&n->etc);
    helper_start(&n->helper, &n->etc.resolv, n->setup.confine, n->setup.context);
    etc_load_services(&n->etc);
    etc_load_protocols(&n->etc);
    etc_load_hosts(&n->etc);
    etc_load_ethers(&n->etc);
}

void names_seal(struct names *n)
{
    interface_names_open(&n->interfaces);
    n->etc.sealed = true;
}

void names_only_local(struct names *n, u32 net, u32 mask)
{
    n->local_net = net & mask;
    n->local_mask = mask;
}

void names_use_interfaces(struct names *n, struct str (*name)(void *context, u32 index),
                          void *context)
{
    n->name_interface = name;
    n->name_context = context;
}

void names_learn(struct names *n, const void *address, u32 length, struct str name)
{
    make_cache(n);
    if (length != 4 && length != 6 && length != 16)
        return;
    for (size_t i = 0; i < name.len; i++)
        if (!is_print((u8)name.p[i]) || name.p[i] == ' ')
            return; /* not a name, and nothing that a terminal should obey */
    cache_put(&n->cache, address, (u8)length, name.len > 0 ? CACHE_NAMED : CACHE_NAMELESS, name);
}

void names_close(struct names *n)
{
    if (n == NULL)
        return;
    helper_stop(&n->helper);
    while (n->known_hosts != NULL) {
        struct known_host *next = n->known_hosts->next;
        free(n->known_hosts);
        n->known_hosts = next;
    }
    interface_names_close(&n->interfaces);
    etc_free(&n->etc);
    free(n->cache_memory);
    free(n);
}
