/*
 * What walking a savefile costs at least on this machine, in three ways of getting at its bytes.
 *
 *     cc -O2 -D_GNU_SOURCE -o floor bench/floor.c && ./floor FILE.pcap
 *
 * Each way visits every record's header, touches one byte of the packet behind it and does nothing
 * else.  Prints user and system time in ns a packet, the least of five rounds.  FILE is a pcap file
 * of this machine's byte order.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_HEADER = 24, RECORD_HEADER = 16, CAPLEN_AT = 8, TOUCHED_AT = 12, ROUNDS = 5 };

struct walk {
    uint64_t packets, sum; /* the sum keeps the compiler from leaving the work out */
};

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* Walks the whole records in [at, end) of `bytes`; returns where the first torn one begins. */
static size_t visit(struct walk *w, const uint8_t *bytes, size_t at, size_t end)
{
    uint32_t caplen;

    while (at + RECORD_HEADER <= end) {
        memcpy(&caplen, bytes + at + CAPLEN_AT, sizeof caplen);
        if (caplen > end - at - RECORD_HEADER)
            break;
        if (caplen > TOUCHED_AT)
            w->sum += bytes[at + RECORD_HEADER + TOUCHED_AT];
        w->packets++;
        at += RECORD_HEADER + caplen;
    }
    return at;
}

static void by_reading(struct walk *w, int fd, size_t size, size_t piece)
{
    uint8_t *bytes = malloc(2 * piece);
    size_t have = 0, at = FILE_HEADER;
    ssize_t got;

    (void)size;
    while (bytes != NULL && (got = read(fd, bytes + have, piece)) > 0) {
        have += (size_t)got;
        at = visit(w, bytes, at, have);
        have -= at;
        if (have > piece)
            break; /* a record larger than a piece */
        memmove(bytes, bytes + at, have);
        at = 0;
    }
    free(bytes);
}

static void by_mapping(struct walk *w, int fd, size_t size, size_t piece, int flags)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), at = FILE_HEADER;

    for (size_t before = 0; at > before;) {
        size_t base = at / page * page, bytes = size - base < piece ? size - base : piece;
        uint8_t *map = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE | flags, fd, (off_t)base);
        if (map == MAP_FAILED)
            return;
        before = at;
        at = base + visit(w, map, at - base, bytes);
        munmap(map, bytes);
    }
}

static void by_faulting(struct walk *w, int fd, size_t size, size_t piece)
{
    by_mapping(w, fd, size, piece, 0);
}

static void by_populating(struct walk *w, int fd, size_t size, size_t piece)
{
    by_mapping(w, fd, size, piece, MAP_POPULATE);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*walk)(struct walk *w, int fd, size_t size, size_t piece);
        size_t piece;
    } ways[] = {
        { "read, 256 KiB at once", by_reading, 256 << 10 },
        { "mmap, pages by faults", by_faulting, 1 << 20 },
        { "mmap, pages at once", by_populating, 1 << 20 },
    };
    struct stat status;
    int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;

    if (fd < 0 || fstat(fd, &status) < 0) {
        fprintf(stderr, "usage: floor FILE.pcap\n");
        return 1;
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        double best = 1e9;
        for (int round = 0; round < ROUNDS; round++) {
            struct walk w = { 0, 0 };
            lseek(fd, 0, SEEK_SET);
            double start = cpu_seconds();
            ways[i].walk(&w, fd, (size_t)status.st_size, ways[i].piece);
            double each = (cpu_seconds() - start) * 1e9 / (double)(w.packets + (w.packets == 0));
            best = each < best ? each : best;
            if (round == ROUNDS - 1)
                printf("%-24s %7.1f ns a packet, %llu packets\n", ways[i].name, best,
                       (unsigned long long)w.packets);
        }
    }
    return 0;
}
