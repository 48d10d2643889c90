/*
 * The kernel as witness of compiled filters: it takes each program, and says of a packet what our machine
 * says.
 *
 *     filter_kernel DIRECTORY [SEED COUNT]
 *
 * The expressions are those of the shared tables accept.tsv and real.tsv, on packets that are led through
 * the programs; those of apply.tsv, on the packets of its savefiles; and COUNT random ones.  All are
 * compiled with and without the optimiser.  Exits with 77 where no filter may be attached to a socket.
 * Without tables the random ones are left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_stream.h"
#include "base/linktype.h"
#include "bpf/validate.h"
#include "file_names.h"
#include "kernel_filter.h"
#include "pcapfile/savefile.h"
#include "random_filter.h"
#include "row_options.h"
#include "steer.h"

enum { ARENA = 64 << 20, SKIPPED = 77, PACKETS = 12, DATAGRAM_MAX = 65536, FILE_MAX = 1 << 20 };

static struct kernel_filter kernel;
static char *memory;

static struct {
    size_t programs, too_long, verdicts, passed, unknown, wrong;
} sum;

/* One packet through the program that is attached. */
static void ask(const struct filter *f, const char *text, const u8 *bytes, u32 length)
{
    const struct packet packet = { .data = bytes, .caplen = length, .len = length };
    u32 says;

    if (length == 0 || length > DATAGRAM_MAX)
        return; /* an empty datagram and none look alike */
    if (!kernel_filter_ours(f->insns, f->count, &packet, &says)) {
        sum.unknown++;
        return;
    }
    const long keeps = kernel_filter_keeps(&kernel, bytes, length);
    const long expected = says == 0 ? -1 : says < length ? (long)says : (long)length;
    sum.verdicts++;
    sum.passed += says != 0;
    if (keeps != expected) {
        sum.wrong++;
        printf("the kernel keeps %ld, we %ld of %u bytes: %s\n", keeps, expected, length, text);
    }
}

/* Compiles and attaches; false when there is nothing to run. */
static bool attach(struct filter *f, const char *text, const struct filter_options *options)
{
    struct arena arena = arena_over(memory, ARENA);
    struct diag diag = { .text = &arena };

    if (!filter_compile(f, str_of(text), options, &arena, &diag))
        return false;
    if (!bpf_is_valid(f->insns, f->count, NULL)) {
        sum.too_long++; /* only protochain and long lists: then user space judges */
        return false;
    }
    sum.programs++;
    if (kernel_filter_attach(&kernel, f->insns, f->count) == 1)
        return true;
    sum.wrong++;
    printf("the kernel refuses: %s\n", text);
    return false;
}

static void try_led(const char *text, struct filter_options options)
{
    static uint64_t state = 88172645463325252u;
    struct filter f;

    for (int optimise = 0; optimise < 2; optimise++) {
        options.optimise = optimise;
        if (!attach(&f, text, &options))
            continue;
        for (u32 i = 0; i < PACKETS; i++) {
            struct steer_packet p;
            steer_fill(&p, &state, options.linktype == LINKTYPE_EN10MB ? 14 : 16);
            for (u32 walks = i % 4; walks > 0; walks--)
                steer_walk((const struct steer_insn *)f.insns, f.count, &p, &state);
            ask(&f, text, p.bytes, p.caplen);
        }
    }
}

static bool try_table(const char *directory, const char *file)
{
    struct table t;
    char names[4096];

    if (!table_read(&t, directory, file))
        return false;
    snprintf(names, sizeof names, "%s/names", directory);
    for (size_t i = 0; i < t.count; i++) {
        struct filter_options options = row_options(&t, &t.rows[i]);
        options.names = file_names(names);
        try_led(table_cell(&t, &t.rows[i], "expr"), options);
    }
    table_free(&t);
    return true;
}

/* An expression on each packet of a savefile. */
static void try_file(const char *path, const char *text, const struct resolver *names)
{
    static u8 bytes[FILE_MAX];
    struct array_stream stream = { .bytes = bytes };
    struct counted_memory blocks = { 0 };
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return;
    stream.len = fread(bytes, 1, sizeof bytes, in);
    fclose(in);

    const struct savefile_setup setup = { .in = array_stream(&stream), .memory = counted_memory(&blocks) };
    struct savefile file;
    struct packet packet;
    struct filter f;
    if (savefile_open(&file, &setup)) {
        const struct filter_options options = { .linktype = file.linktype, .optimise = true, .names = names };
        if (attach(&f, text, &options))
            while (savefile_next(&file, &packet, 1) > 0)
                ask(&f, text, packet.data, packet.caplen);
    }
    savefile_close(&file);
}

static void try_files(const char *directory)
{
    struct table t;
    char path[4096], names[4096];

    if (!table_read(&t, directory, "apply.tsv"))
        return;
    snprintf(names, sizeof names, "%s/names", directory);
    for (size_t i = 0; i < t.count; i++) {
        const struct row *r = &t.rows[i];
        snprintf(path, sizeof path, "%s/savefiles/%s", directory, table_cell(&t, r, "savefile"));
        try_file(path, table_cell(&t, r, "expr"), file_names(names));
    }
    table_free(&t);
}

int main(int argc, char **argv)
{
    uint64_t state = (argc > 2 ? strtoull(argv[2], NULL, 10) : 3) * 2654435769u + 88172645463325252u;
    unsigned long count = argc > 3 ? strtoul(argv[3], NULL, 10) : 2000;

    if (argc < 2 || !kernel_filter_open(&kernel))
        return SKIPPED;
    memory = malloc(ARENA);
    if (!try_table(argv[1], "accept.tsv") || !try_table(argv[1], "real.tsv"))
        printf("there are no tables\n");
    try_files(argv[1]);
    for (; count > 0; count--) {
        char text[4096];
        const char *link = random_filter(text, sizeof text, &state);
        const struct filter_options options = { .linktype = linktype_by_name(str_of(link))->number,
                                                .names = file_names(NULL) };
        try_led(text, options);
    }
    free(memory);
    printf("%zu programs, %zu too long for a kernel; %zu verdicts, %zu passed; %zu wrong\n", sum.programs,
           sum.too_long, sum.verdicts, sum.passed, sum.wrong);
    printf("%zu packets not asked about, as their verdict depends on metadata\n", sum.unknown);
    return sum.wrong > 0;
}
