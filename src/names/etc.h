/*
 * The text files of /etc that give names to numbers: services, protocols, hosts, networks, ethers.
 *
 * Each is parsed from memory into hashed tables, in one pass; what a line has wrong makes that line
 * void.  As with the C library's readers the first line that fits counts, and names of services and
 * protocols must match in case while those of hosts, networks and ethers need not.
 */
#ifndef NAMES_ETC_H
#define NAMES_ETC_H

#include "names/resolver.h"
#include "names/table.h"

/* How many bytes of an arena the parser of any of the files takes at most for `text`. */
size_t etc_arena_size(struct str text);

/* /etc/services: `http 80/tcp www`. */
struct etc_services {
    struct name_table by_name, by_port;
    struct str *names; /* what by_port leads to */
};

/* /etc/protocols: `tcp 6 TCP`. */
struct etc_protocols {
    struct name_table by_name, by_number;
    struct str *names;
};

/* /etc/hosts: `::1 localhost ip6-localhost`. */
struct etc_hosts {
    struct name_table by_name, by_address;
    struct etc_host *entries;
};

/* /etc/networks: `loopback 127.0.0.0`. */
struct etc_networks {
    struct name_table by_name;
};

/* /etc/ethers: `00:11:22:33:44:55 router`. */
struct etc_ethers {
    struct name_table by_name, by_address;
    struct etc_ether *entries;
};

/*
 * The parsers.  What they make refers to the text and the arena, which must live as long.  `seed`
 * makes the tables' order unpredictable.  A full arena leaves rows out and shows in its `full`.
 */
void etc_parse_services(struct etc_services *s, struct str text, struct arena *arena, u64 seed);
void etc_parse_protocols(struct etc_protocols *p, struct str text, struct arena *arena, u64 seed);
void etc_parse_hosts(struct etc_hosts *h, struct str text, struct arena *arena, u64 seed);
void etc_parse_networks(struct etc_networks *n, struct str text, struct arena *arena, u64 seed);
void etc_parse_ethers(struct etc_ethers *e, struct str text, struct arena *arena, u64 seed);

/* Names for numbers: empty when there is none. */
struct str etc_service_name(const struct etc_services *s, u16 port, enum transport transport);
struct str etc_protocol_name(const struct etc_protocols *p, u8 number);
struct str etc_host_name(const struct etc_hosts *h, const void *address, u8 length);
struct str etc_ether_name(const struct etc_ethers *e, const void *mac);

/* Numbers for names or aliases: false, or 0 found, when there is none. */
bool etc_find_service(const struct etc_services *s, struct str name, enum transport transport,
                      u16 *port);
bool etc_find_protocol(const struct etc_protocols *p, struct str name, u8 *number);
u32 etc_find_host(const struct etc_hosts *h, struct str name, struct resolved *found, u32 max);
bool etc_find_network(const struct etc_networks *n, struct str name, u32 *number);
bool etc_find_ether(const struct etc_ethers *e, struct str name, u8 mac[6]);

#endif
