/*
 * Expressions over savefiles: the packets that the shared table says pass, and no others.
 *
 *     filter_apply [-v] DIRECTORY
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/filter.h"
#include "bpf/vm.h"
#include "file_names.h"
#include "pcapfile/savefile.h"
#include "rows.h"

enum { ARENA = 64 << 20, SKIPPED = 77, RESULT_MAX = 4096 };

static char *memory;
static bool verbose;

static i64 read_file(void *from, void *to, size_t n)
{
    return (i64)fread(to, 1, n, from);
}

static void *resize(void *context, void *old, size_t old_bytes, size_t new_bytes)
{
    (void)context, (void)old_bytes;
    if (new_bytes > 0)
        return realloc(old, new_bytes);
    free(old);
    return NULL;
}

/* The verdicts as the table writes them: "1,0,1". */
static bool verdicts(FILE *in, const char *text, const struct resolver *names, bool optimise, char *result)
{
    struct savefile_setup setup = { .in = { .read = read_file, .from = in }, .memory = { resize, NULL } };
    struct savefile f;
    struct arena arena = arena_over(memory, ARENA);
    struct diag diag = { .text = &arena };
    struct filter filter;
    struct packet packet;
    char *end = result;

    if (!savefile_open(&f, &setup)) {
        snprintf(result, RESULT_MAX, "%s", f.error);
        savefile_close(&f);
        return false;
    }
    struct filter_options options = { .linktype = f.linktype, .optimise = optimise, .names = names };
    bool fine = filter_compile(&filter, str_of(text), &options, &arena, &diag);
    bool never = !fine && str_equal(diag.what, str_of("expression rejects all packets"));
    *end = '\0';
    while ((fine || never) && savefile_next(&f, &packet, 1) > 0 && end < result + RESULT_MAX - 2) {
        if (end > result)
            *end++ = ',';
        *end++ = fine && bpf_run(filter.insns, &packet) != 0 ? '1' : '0';
        *end = '\0';
    }
    if (!fine && !never)
        snprintf(result, RESULT_MAX, "%.*s", (int)diag.what.len, diag.what.p);
    savefile_close(&f);
    return fine || never;
}

int main(int argc, char **argv)
{
    struct table t;
    char path[4096], result[RESULT_MAX];
    size_t wrong = 0;

    if (argc > 2 && strcmp(argv[1], "-v") == 0) {
        verbose = true;
        argv++;
        argc--;
    }
    if (argc != 2 || !table_read(&t, argv[1], "apply.tsv"))
        return SKIPPED;
    memory = malloc(ARENA);
    snprintf(path, sizeof path, "%s/names", argv[1]);
    const struct resolver *names = file_names(path);
    for (size_t i = 0; i < t.count; i++) {
        const struct row *r = &t.rows[i];
        const char *expected = table_cell(&t, r, "matches"), *text = table_cell(&t, r, "expr");
        for (int optimise = 0; optimise < 2; optimise++) {
            snprintf(path, sizeof path, "%s/savefiles/%s", argv[1], table_cell(&t, r, "savefile"));
            FILE *in = fopen(path, "rb");
            if (in == NULL)
                return SKIPPED;
            bool fine = verdicts(in, text, names, optimise, result);
            fclose(in);
            if (fine && strcmp(result, expected) == 0)
                continue;
            wrong++;
            if (verbose)
                printf("%s %s%s\n    is        %s\n    should be %s\n", table_cell(&t, r, "savefile"), text,
                       optimise ? "" : " (unoptimised)", result, expected);
        }
    }
    printf("apply.tsv: %zu rows, %zu wrong\n", t.count, wrong);
    table_free(&t);
    free(memory);
    return wrong > 0;
}
