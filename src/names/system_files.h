/* The files under /etc that names come from, each read when it is first needed. */
#ifndef NAMES_SYSTEM_FILES_H
#define NAMES_SYSTEM_FILES_H

#include "names/etc.h"
#include "names/resolv.h"

/* A file's text and the tables made of it. */
struct etc_file {
    bool loaded;
    char *text, *tables; /* owned */
};

enum etc_name {
    ETC_SERVICES,
    ETC_PROTOCOLS,
    ETC_HOSTS,
    ETC_NETWORKS,
    ETC_ETHERS,
    ETC_RESOLV,
    ETC_FILES
};

struct etc_files {
    u64 seed;    /* of the tables; set by the owner, the rest starts as zero */
    bool sealed; /* nothing is opened any more: files not read by now count as missing */

    /* Valid once loaded; where a file is missing, what is compiled in */
    struct etc_services services;
    struct etc_protocols protocols;
    struct etc_hosts hosts;
    struct etc_networks networks;
    struct etc_ethers ethers;
    struct resolv resolv;

    struct etc_file files[ETC_FILES]; /* private */
};

/* Make sure that a part is valid. */
void etc_load_services(struct etc_files *e);
void etc_load_protocols(struct etc_files *e);
void etc_load_hosts(struct etc_files *e);
void etc_load_networks(struct etc_files *e);
void etc_load_ethers(struct etc_files *e);
void etc_load_resolv(struct etc_files *e);

void etc_free(struct etc_files *e);

/*
 * Everything in a file; `*owned`, NULL or memory of an earlier call, is where it is and to be freed.
 * False when it cannot be read.
 */
bool etc_read_file(const char *path, struct str *text, char **owned);

#endif
