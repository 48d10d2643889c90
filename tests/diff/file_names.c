/* A resolver for tests. */
#include "file_names.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { ENTRIES_MAX = 256, TEXT_MAX = 128 };

struct entry {
    char first[TEXT_MAX], second[TEXT_MAX];
};

struct entries {
    struct entry all[ENTRIES_MAX];
    size_t count;
};

static struct entries hosts, ethers, networks;

static void read_entries(struct entries *into, const char *directory, const char *file)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return;
    while (into->count < ENTRIES_MAX &&
           fscanf(f, "%127s %127s", into->all[into->count].first, into->all[into->count].second) == 2)
        into->count++;
    fclose(f);
}

static void copy_name(char text[TEXT_MAX], struct str name)
{
    snprintf(text, TEXT_MAX, "%.*s", (int)(name.len < TEXT_MAX ? name.len : TEXT_MAX - 1), name.p);
}

static u32 find_host(void *context, struct str name, struct resolved *found, u32 max)
{
    char text[TEXT_MAX];
    u32 n = 0;
    (void)context;
    copy_name(text, name);
    for (size_t i = 0; i < hosts.count && n < max; i++) {
        if (strcasecmp(hosts.all[i].second, text) != 0)
            continue;
        if (inet_pton(AF_INET, hosts.all[i].first, found[n].bytes) == 1)
            found[n++].length = 4;
        else if (inet_pton(AF_INET6, hosts.all[i].first, found[n].bytes) == 1)
            found[n++].length = 16;
    }
    if (n == 0 && strcmp(text, "localhost") == 0 && max > 0) {
        static const u8 loopback[4] = { 127, 0, 0, 1 };
        found[0].length = 4;
        memcpy(found[0].bytes, loopback, 4);
        return 1;
    }
    return n;
}

static bool find_mac(void *context, struct str name, u8 mac[6])
{
    char text[TEXT_MAX];
    (void)context;
    copy_name(text, name);
    for (size_t i = 0; i < ethers.count; i++)
        if (strcasecmp(ethers.all[i].second, text) == 0)
            return sscanf(ethers.all[i].first, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1], &mac[2],
                          &mac[3], &mac[4], &mac[5]) == 6;
    return false;
}

static bool find_net(void *context, struct str name, u32 *number)
{
    char text[TEXT_MAX];
    struct in_addr address;
    (void)context;
    copy_name(text, name);
    for (size_t i = 0; i < networks.count; i++) {
        if (strcasecmp(networks.all[i].first, text) != 0)
            continue;
        if (inet_pton(AF_INET, networks.all[i].second, &address) != 1)
            return false;
        *number = ntohl(address.s_addr);
        return true;
    }
    return false;
}

static bool find_port(void *context, struct str name, enum transport transport, u16 *port)
{
    static const char *const words[] = { [TRANSPORT_TCP] = "tcp", [TRANSPORT_UDP] = "udp",
                                         [TRANSPORT_SCTP] = "sctp", [TRANSPORT_DCCP] = "dccp" };
    char text[TEXT_MAX];
    (void)context;
    copy_name(text, name);
    struct servent *s = getservbyname(text, words[transport]);
    if (s != NULL)
        *port = ntohs((u16)s->s_port);
    return s != NULL;
}

static bool find_ip_protocol(void *context, struct str name, u8 *protocol)
{
    char text[TEXT_MAX];
    (void)context;
    copy_name(text, name);
    struct protoent *p = getprotobyname(text);
    if (p != NULL)
        *protocol = (u8)p->p_proto;
    return p != NULL;
}

const struct resolver *file_names(const char *directory)
{
    static const struct resolver resolver = { .find_host = find_host, .find_net = find_net,
                                              .find_port = find_port, .find_mac = find_mac,
                                              .find_ip_protocol = find_ip_protocol };
    if (directory != NULL && hosts.count == 0) {
        read_entries(&hosts, directory, "hosts");
        read_entries(&ethers, directory, "ethers");
        read_entries(&networks, directory, "networks");
    }
    return &resolver;
}
