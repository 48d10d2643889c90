/*
 * The resolver process: asks DNS for the names of addresses, so that the process that parses
 * packets needs no network socket and never waits longer than it wants to.
 *
 *     parent                          child
 *     helper_ask(address)   ------>   PTR questions, many at a time, retries
 *     helper_read(answer)   <------   the name, or that there is none
 *
 * The two are connected by a pair of sockets; the child ends when the parent's end is closed.
 */
#ifndef NAMES_SYSTEM_HELPER_H
#define NAMES_SYSTEM_HELPER_H

#include "names/dns.h"
#include "names/resolv.h"

struct helper {
    int fd; /* -1: not running, or it died */
    int pid;
};

struct helper_answer {
    u8 address[16];
    u8 length;          /* of the address: 4 or 16 */
    bool heard;         /* some server answered, be it that there is no name */
    size_t name_length; /* 0: it has none */
    char name[DNS_NAME_MAX];
};

/*
 * Starts the process.  `confine`, which may be NULL, runs in the child before it talks to anybody,
 * to give up privileges.  False with errno.
 */
bool helper_start(struct helper *h, const struct resolv *r, void (*confine)(void *context),
                  void *context);

/* Asks for an address's name, without waiting.  False when the process has no room for more. */
bool helper_ask(struct helper *h, const void *address, u8 length);

enum helper_result { HELPER_ANSWER, HELPER_SILENT, HELPER_GONE };

/*
 * Waits at most `timeout_ms` (< 0: as long as it takes) for the next answer.  SILENT also when a
 * signal came.
 */
enum helper_result helper_read(struct helper *h, struct helper_answer *answer, int timeout_ms);

/* Ends the process. */
void helper_stop(struct helper *h);

#endif
