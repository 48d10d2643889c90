/* The installed libpcap's compiler. */
#define _DEFAULT_SOURCE
#include "reference.h"

#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SNAPLEN = 262144 };

bool reference_compile(struct reference *r, int dlt, const char *text, uint32_t netmask,
                       bool optimise)
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

double reference_compile_ns(int dlt, const char *text, uint32_t netmask, int rounds)
{
    pcap_t *p = pcap_open_dead(dlt, SNAPLEN);
    double least = 0;

    for (int i = 0; i < rounds; i++) {
        struct bpf_program program;
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        bool fine = pcap_compile(p, &program, text, 1,
                                 netmask == 0xffffffffu ? PCAP_NETMASK_UNKNOWN : netmask) == 0;
        if (fine)
            pcap_freecode(&program);
        clock_gettime(CLOCK_MONOTONIC, &to);
        double ns = 1e9 * (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec);
        if (!fine)
            break;
        least = least == 0 || ns < least ? ns : least;
    }
    pcap_close(p);
    return least;
}

void reference_packets(const char *path, int dlt,
                       void (*packet)(void *, const uint8_t *, uint32_t, uint32_t), void *to)
{
    char message[PCAP_ERRBUF_SIZE];
    struct pcap_pkthdr *head;
    const u_char *bytes;
    pcap_t *p = pcap_open_offline(path, message);

    if (p == NULL)
        return;
    while (pcap_datalink(p) == dlt && pcap_next_ex(p, &head, &bytes) == 1)
        packet(to, bytes, head->caplen, head->len);
    pcap_close(p);
}
