/* The installed libpcap's compiler, kept apart because its names are also ours. */
#ifndef DIFF_REFERENCE_H
#define DIFF_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "steer.h"

struct reference {
    struct steer_insn *insns; /* owned */
    uint32_t count;
    char message[256]; /* when it did not compile */
};

/* `netmask` in host byte order, 0xffffffff for unknown; `dlt` as in <pcap/dlt.h>. */
bool reference_compile(struct reference *r, int dlt, const char *text, uint32_t netmask,
                       bool optimise);

void reference_free(struct reference *r);

/* The least time of `rounds` compilations in nanoseconds; 0 when it does not compile. */
double reference_compile_ns(int dlt, const char *text, uint32_t netmask, int rounds);

/* Calls back with each packet of a savefile of the link type, whose bytes live as long as the call.
 */
void reference_packets(const char *path, int dlt,
                       void (*packet)(void *, const uint8_t *, uint32_t, uint32_t), void *to);

#endif
