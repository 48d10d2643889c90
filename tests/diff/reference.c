/* The installed libpcap's compiler. */
#define _DEFAULT_SOURCE
#include "reference.h"

#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SNAPLEN = 262144 };

bool reference_compile(struct reference *r, int dlt, const char *text, uint32_t netmask, bool optimise)
{
    struct bpf_program program;
    pcap_t *p = pcap_open_dead(dlt, SNAPLEN);

    *r = (struct reference){ .insns = NULL };
    bool fine = pcap_compile(p, &program, text, optimise,
                             netmask == 0xffffffffu ? PCAP_NETMASK_UNKNOWN : netmask) == 0;
    if (fine) {
        r->count = program.bf_len;
        r->insns = malloc(r->count * sizeof *r->insns);
        memcpy(r->insns, program.bf_insns, r->count * sizeof *r->insns);
        pcap_freecode(&program);
    } else {
        snprintf(r->message, sizeof r->message, "%s", pcap_geterr(p));
    }
    pcap_close(p);
    return fine;
}

void reference_free(struct reference *r)
{
    free(r->insns);
}
