/*
 * A sender for measurements: UDP/IPv4 frames over an Ethernet interface, as fast as asked.
 *
 *     blast INTERFACE COUNT FRAME_BYTES PACKETS_PER_SECOND [MATCH_EVERY]
 *
 * FRAME_BYTES is without FCS; a rate of 0 means as fast as it goes.  The destination port is 9, or
 * 7 in every MATCH_EVERY-th packet, so that a filter can pick out a known part.  The first payload
 * bytes count the packets.  Ends with one line: packets sent, seconds, CPU seconds.
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { BURST = 32, FRAME_MAX = 65536, HEADERS = 14 + 20 + 8, PORT_PLAIN = 9, PORT_MATCH = 7 };

#ifndef PACKET_QDISC_BYPASS
#define PACKET_QDISC_BYPASS 20
#endif

static uint8_t frames[BURST][FRAME_MAX];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void put16(uint8_t *to, unsigned value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

/* To everybody, from a made-up address; a checksum of 0 in UDP means there is none. */
static void make_frame(uint8_t *f, unsigned bytes)
{
    memset(f, 0xff, 6);
    memcpy(f + 6, "\x02\0\0\0\0\x01\x08\0", 8);
    uint8_t *ip = f + 14, *udp = ip + 20;
    memcpy(ip, "\x45\0\0\0\0\0\0\0\x40\x11\0\0\x0a\x63\0\x01\x0a\x63\0\x02", 20);
    put16(ip + 2, bytes - 14);
    unsigned sum = 0;
    for (int i = 0; i < 20; i += 2)
        sum += (unsigned)(ip[i] << 8 | ip[i + 1]);
    sum = (sum & 0xffff) + (sum >> 16);
    put16(ip + 10, ~((sum & 0xffff) + (sum >> 16)) & 0xffff);
    put16(udp, 40000);
    put16(udp + 4, bytes - 34);
}

static int open_socket(const char *interface)
{
    int fd = socket(AF_PACKET, SOCK_RAW, 0), on = 1;
    struct sockaddr_ll to = { .sll_family = AF_PACKET,
                              .sll_ifindex = (int)if_nametoindex(interface) };
    if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
        perror(interface);
        exit(1);
    }
    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on));
    return fd;
}

static void number_frame(uint8_t *f, long number, long match_every)
{
    put16(f + 36, match_every > 0 && number % match_every == 0 ? PORT_MATCH : PORT_PLAIN);
    put16(f + 42, (unsigned)(number >> 16) & 0xffff);
    put16(f + 44, (unsigned)number & 0xffff);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: blast INTERFACE COUNT FRAME_BYTES PACKETS_PER_SECOND [MATCH_EVERY]\n");
        return 2;
    }
    long count = atol(argv[2]), rate = atol(argv[4]), match_every = argc > 5 ? atol(argv[5]) : 0;
    unsigned bytes = (unsigned)atol(argv[3]);
    if (bytes < HEADERS + 4 || bytes > FRAME_MAX)
        return 2;
    int fd = open_socket(argv[1]);
    struct mmsghdr messages[BURST];
    struct iovec pieces[BURST];
    memset(messages, 0, sizeof(messages));
    for (int i = 0; i < BURST; i++) {
        make_frame(frames[i], bytes);
        pieces[i] = (struct iovec){ frames[i], bytes };
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    double start = now();
    long sent = 0;
    while (sent < count) {
        int n = count - sent < BURST ? (int)(count - sent) : BURST;
        for (int i = 0; i < n; i++)
            number_frame(frames[i], sent + i, match_every);
        while (rate > 0 && (double)sent / (double)rate > now() - start)
            ; /* sleeping is too coarse */
        int done = sendmmsg(fd, messages, (unsigned)n, 0);
        sent += done > 0 ? done : 0;
    }
    double took = now() - start;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%ld %.3f %.3f\n", sent, took,
           (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
               (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    return 0;
}
