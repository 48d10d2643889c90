/*
 * Any bytes as what the name code reads from outside: the files of /etc, resolv.conf, and answers of DNS
 * servers.  For an answer the first bytes are repeated as the question, so that some answers fit theirs.
 */
#include <stdlib.h>

#include "memory.h"
#include "names/dns.h"
#include "names/etc.h"
#include "names/resolv.h"

enum { FOUND = 4, CANDIDATES = 16, HEADER = 12, TYPE_AND_CLASS = 4 };

static void parse_files(struct str text)
{
    const size_t size = etc_arena_size(text);
    char *block = malloc(size > 0 ? size : 1);
    struct etc_services services;
    struct etc_protocols protocols;
    struct etc_hosts hosts;
    struct etc_networks networks;
    struct etc_ethers ethers;
    struct resolved found[FOUND];
    u8 mac[6] = { 0 };
    u8 protocol;
    u16 port;
    u32 number;

    struct arena arena = arena_over(block, size);
    etc_parse_services(&services, text, &arena, 1);
    if (arena.full)
        abort(); /* it is said to be enough */
    etc_service_name(&services, 80, TRANSPORT_TCP);
    etc_find_service(&services, text, TRANSPORT_ANY, &port);
    arena = arena_over(block, size);
    etc_parse_protocols(&protocols, text, &arena, 2);
    etc_protocol_name(&protocols, 6);
    etc_find_protocol(&protocols, text, &protocol);
    arena = arena_over(block, size);
    etc_parse_hosts(&hosts, text, &arena, 3);
    etc_host_name(&hosts, mac, 4);
    etc_find_host(&hosts, text, found, FOUND);
    arena = arena_over(block, size);
    etc_parse_networks(&networks, text, &arena, 4);
    etc_find_network(&networks, text, &number);
    arena = arena_over(block, size);
    etc_parse_ethers(&ethers, text, &arena, 5);
    etc_ether_name(&ethers, mac);
    etc_find_ether(&ethers, text, mac);
    free(block);
}

static void parse_resolv(struct str text)
{
    struct resolv r;
    char name[DNS_NAME_MAX];
    bool more = true;

    resolv_parse(&r, text);
    for (u32 i = 0; more && i < CANDIDATES; i++)
        resolv_candidate(&r, text, i, name, sizeof name, &more);
}

static void parse_answer(const u8 *data, size_t size)
{
    struct resolved found[FOUND];
    char name[DNS_NAME_MAX];
    size_t length;
    u32 count;

    size_t question = HEADER;
    while (question < size && data[question] != 0)
        question++;
    question += 1 + TYPE_AND_CLASS;
    if (question > size)
        question = size;
    u8 *query = malloc(question > 0 ? question : 1);
    memcpy(query, data, question);
    if (question > 2)
        query[2] &= 0x7f; /* a question, not an answer */
    const struct view asked = view_over(query, (u32)question, (u32)question);
    const struct view message = view_over(data, (u32)size, (u32)size);
    dns_addresses(message, asked, found, FOUND, &count);
    dns_pointer(message, asked, name, &length);
    free(query);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    if (size > DNS_ANSWER_MAX)
        return 0;
    const struct str text = { (const char *)data, size };
    parse_files(text);
    parse_resolv(text);
    parse_answer(data, size);
    return 0;
}
