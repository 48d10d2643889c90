/*
 * Prints what the savefile reader makes of a file: "savefile_dump FILE [CHUNK [BATCH [count]]]".
 *
 * One line for the header and, prefixed as by tcpdump, for the error on stderr; one line for each
 * packet, block and name on stdout, or just the number of packets and the memory it took.  CHUNK is
 * the most bytes that the stream gives at once, BATCH the packets asked for.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pcapfile/savefile.h"

enum { BATCH_MAX = 4096 };

struct input {
    int fd;
    size_t chunk;
};

static i64 read_input(void *from, void *to, size_t n)
{
    const struct input *in = from;
    ssize_t got = read(in->fd, to, n < in->chunk ? n : in->chunk);
    return got < 0 ? -errno : got;
}

static void *resize(void *context, void *old, size_t old_bytes, size_t new_bytes)
{
    (void)context, (void)old_bytes;
    if (new_bytes == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_bytes);
}

static void show_block(void *context, const struct savefile *f, const struct savefile_block *block)
{
    (void)context, (void)f;
    printf("block %u len %u\n", block->type, block->len);
}

static void show_name(void *context, const u8 *address, u32 len, struct str name)
{
    (void)context;
    printf("name ");
    for (u32 i = 0; i < len; i++)
        printf("%02x", address[i]);
    printf(" %.*s\n", (int)name.len, name.p);
}

static void complain(const struct savefile *f, bool opened)
{
    fprintf(stderr, "tcpdump: %s%s", opened ? "pcap_loop: " : "", f->error);
    if (f->failure != 0)
        fprintf(stderr, ": %s", strerror((int)-f->failure));
    fprintf(stderr, "\n");
}

static u32 sum(const u8 *data, u32 n)
{
    u32 hash = 2166136261u;
    for (u32 i = 0; i < n; i++)
        hash = (hash ^ data[i]) * 16777619u;
    return hash;
}

static void show_packet(const struct savefile *f, const struct packet *p)
{
    printf("%lld.%09lld", (long long)(p->ts_ns / 1000000000), (long long)(p->ts_ns % 1000000000));
    if (p->carried_s != 0)
        printf(" carried %u %s", p->carried_s, f->nano ? "ns" : "us");
    printf(" if %u link %u caplen %u len %u sum %08x", p->interface, p->linktype, p->caplen, p->len,
           sum(p->data, p->caplen));
    if (p->direction != PACKET_DIRECTION_UNKNOWN)
        printf(" direction %u", p->direction);
    if (p->comment.len > 0)
        printf(" comment %.*s", (int)p->comment.len, p->comment.p);
    if (p->interface < f->interface_count) {
        struct str name = savefile_interface_option(f, p->interface, 2, 0);
        printf(" %.*s", (int)name.len, name.p);
    }
    printf("\n");
}

/* The most memory that this process has had resident, in KiB; 0 when the system does not say. */
static unsigned long resident_peak(void)
{
    char line[200];
    unsigned long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");

    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtoul(line + 6, NULL, 10);
    if (status != NULL)
        fclose(status);
    return kib;
}

int main(int argc, char **argv)
{
    static struct savefile f;
    static struct packet batch[BATCH_MAX];

    if (argc < 2)
        return 2;
    struct input in = { open(argv[1], O_RDONLY), argc > 2 ? strtoul(argv[2], NULL, 10) : SIZE_MAX };
    int max = argc > 3 ? atoi(argv[3]) : 64;
    bool quiet = argc > 4;
    if (in.fd < 0 || max < 1 || max > BATCH_MAX)
        return 2;
    struct savefile_setup setup = {
        .in = { .read = read_input, .from = &in },
        .memory = { resize, NULL },
        .block = quiet ? NULL : show_block,
        .name = quiet ? NULL : show_name,
    };
    bool opened = savefile_open(&f, &setup);
    if (opened) {
        fprintf(stderr, "RD link-type %u, snapshot length %u\n", f.linktype, f.snaplen);
        int n;
        unsigned long count = 0;
        while ((n = savefile_next(&f, batch, max)) > 0) {
            count += (unsigned)n;
            for (int i = 0; i < n && !quiet; i++)
                show_packet(&f, &batch[i]);
        }
        if (quiet)
            printf("%lu packets, resident %lu KiB\n", count, resident_peak());
    }
    bool failed = f.error[0] != '\0';
    if (failed)
        complain(&f, opened);
    savefile_close(&f);
    close(in.fd);
    return failed;
}
