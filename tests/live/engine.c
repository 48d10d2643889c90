/*
 * The capture engine by itself, for what the program cannot be asked for.
 *
 *     engine save DEVICE HOW FILE     captures into a pcap file until SIGINT
 *     engine cycles DEVICE COUNT      starts and ends so many captures, then counts descriptors
 *     engine swap DEVICE MS           replaces the filter every few milliseconds
 *
 * HOW says what the kernel is like: "new", "old" (before TPACKET_V3) or "poor" (no memory for a ring of
 * the usual size).  To that end the linker sends calls of setsockopt() through here.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/bytes.h"
#include "capture/live.h"
#include "pcapfile/pcap_write.h"

enum { BATCH = 64, POOR_BYTES = 700000, PORT_AT = 36, PORTS = 2, FIRST_PORT = 7, SWAP_MS = 3 };

static enum { NEW, OLD, POOR } kernel;
static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* -- a kernel as wanted ------------------------------------------------------------------------ */

int __real_setsockopt(int fd, int level, int name, const void *value, socklen_t size);
int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t size);

int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t size)
{
    const struct tpacket_req *ring = value;

    if (kernel == OLD && level == SOL_PACKET && name == PACKET_VERSION &&
        *(const int *)value == TPACKET_V3) {
        errno = EINVAL;
        return -1;
    }
    if (kernel == POOR && level == SOL_PACKET && name == PACKET_RX_RING &&
        (size_t)ring->tp_block_size * ring->tp_block_nr > POOR_BYTES) {
        errno = ENOMEM;
        return -1;
    }
    return __real_setsockopt(fd, level, name, value, size);
}

/* -- helpers ----------------------------------------------------------------------------------- */

static void give_up(const char *why)
{
    fprintf(stderr, "engine: %s\n", why);
    exit(1);
}

static struct source *open_device(const char *device, u32 latency_ms)
{
    struct live_options options = live_options_for(device);
    struct source_failure failure;

    options.latency_ms = latency_ms;
    struct source *s = source_live_open(&options, &failure);
    if (!s)
        give_up(failure.text);
    return s;
}

static void attach(struct source *s, const struct source_filter *filter)
{
    if (!source_attach(s, filter))
        give_up(s->err);
}

static i64 now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* -- save -------------------------------------------------------------------------------------- */

static void put(FILE *f, const void *bytes, size_t n)
{
    if (fwrite(bytes, 1, n, f) != n)
        give_up("cannot write");
}

static void put_packet(FILE *f, const struct packet *p)
{
    u8 header[PCAP_RECORD_LEN];

    pcap_write_record(header, p, false);
    put(f, header, sizeof header);
    put(f, p->data, p->caplen);
}

static int save(const char *device, const char *path)
{
    struct source *s = open_device(device, LIVE_LATENCY_RELAXED_MS);
    const struct ring *ring = &((struct live *)s)->ring;
    struct pcap_header header = { .linktype = s->linktype, .snaplen = s->snaplen };
    struct packet batch[BATCH];
    u8 begin[PCAP_HEADER_LEN];
    FILE *f = fopen(path, "wb");
    int n;

    if (!f)
        give_up("cannot open the file");
    pcap_write_header(begin, &header);
    put(f, begin, sizeof begin);
    attach(s, NULL);
    fprintf(stderr, "ring of version %d, %u bytes\nlistening on %s\n", ring->version + 1,
            ring->shape.block_bytes * ring->shape.block_count, device);
    while ((n = source_next(s, batch, BATCH)) >= 0) {
        for (int i = 0; i < n; i++)
            put_packet(f, &batch[i]);
        if (n == 0)
            source_wait(s, -1, -1);
        if (interrupted)
            source_stop(s);
    }
    source_close(s);
    return fclose(f) == 0 && n == SOURCE_END ? 0 : 1;
}

/* -- cycles ------------------------------------------------------------------------------------ */

static int count_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int n = 0;

    if (!folder)
        give_up("cannot count descriptors");
    while (readdir(folder))
        n++;
    closedir(folder);
    return n;
}

static int cycles(const char *device, int count)
{
    int before = count_descriptors();

    for (int i = 0; i < count; i++) {
        struct source *s = open_device(device, LIVE_LATENCY_RELAXED_MS);
        attach(s, NULL);
        source_stop(s);
        source_close(s);
    }
    printf("%d descriptors more after %d cycles\n", count_descriptors() - before, count);
    return 0;
}

/* -- swap -------------------------------------------------------------------------------------- */

/* UDP to one port, in IPv4 without options; in the kernel and here. */
static u32 verdict(void *context, const struct packet *p)
{
    const u32 *port = context;

    return p->caplen >= PORT_AT + 2 && load_be16(p->data + PORT_AT) == *port ? SNAPLEN_MAX : 0;
}

static int swap(const char *device, int ms)
{
    struct bpf_insn code[PORTS][4];
    u32 ports[PORTS];
    struct source_filter filters[PORTS];
    struct source *s = open_device(device, LIVE_LATENCY_RELAXED_MS);
    i64 end = now_ms() + ms, due = 0;
    u64 good = 0, leaked = 0;
    u32 swaps = 0, at = 0;

    for (u32 i = 0; i < PORTS; i++) {
        ports[i] = FIRST_PORT + i * 2;
        const struct bpf_insn program[] = { { BPF_LD_H_ABS, 0, 0, PORT_AT },
                                            { BPF_JEQ_K, 0, 1, ports[i] },
                                            { BPF_RET_K, 0, 0, SNAPLEN_MAX },
                                            { BPF_RET_K, 0, 0, 0 } };
        memcpy(code[i], program, sizeof program);
        filters[i] = (struct source_filter){ code[i], countof(program), verdict, &ports[i] };
    }
    attach(s, &filters[at]);
    fprintf(stderr, "listening on %s\n", device);
    while (now_ms() < end) {
        struct packet batch[BATCH];
        int n = source_next(s, batch, BATCH);
        if (n < 0)
            give_up(s->err);
        for (int i = 0; i < n; i++) {
            bool matches = verdict(&ports[at], &batch[i]) != 0;
            good += matches;
            leaked += !matches;
        }
        if (n == 0)
            source_wait(s, SWAP_MS, -1);
        if (now_ms() >= due) {
            due = now_ms() + SWAP_MS;
            at = (at + 1) % PORTS;
            attach(s, &filters[at]);
            swaps++;
        }
    }
    source_close(s);
    printf("%llu matched, %llu leaked, %u swaps\n", (unsigned long long)good,
           (unsigned long long)leaked, swaps);
    return 0;
}

int main(int argc, char **argv)
{
    struct sigaction action = { .sa_handler = on_interrupt };

    if (argc < 4)
        give_up("usage: engine save|cycles|swap DEVICE ...");
    sigaction(SIGINT, &action, NULL);
    if (strcmp(argv[1], "cycles") == 0)
        return cycles(argv[2], atoi(argv[3]));
    if (strcmp(argv[1], "swap") == 0)
        return swap(argv[2], atoi(argv[3]));
    if (argc < 5)
        give_up("usage: engine save DEVICE new|old|poor FILE");
    kernel = strcmp(argv[3], "old") == 0 ? OLD : strcmp(argv[3], "poor") == 0 ? POOR : NEW;
    return save(argv[2], argv[4]);
}
