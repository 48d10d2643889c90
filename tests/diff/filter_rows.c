/*
 * The tables of filter expressions against the compiler: what must be accepted, what refused, and
 * how long the programs are beside the reference's.
 *
 *     filter_rows [-v] DIRECTORY
 *
 * Exits with 0 when every row is right and no program is longer than the reference's, 77 when there
 * are no tables, else with 1.  `protochain`, a loop of the reference that no kernel takes, counts
 * apart.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bpf/filter.h"
#include "file_names.h"
#include "row_options.h"

enum { ARENA = 64 << 20, SKIPPED = 77 };

struct totals {
    size_t rows, wrong, ours, theirs, longer;
};

static char *memory;
static bool verbose;

static bool compile(const struct table *t, const struct row *r, const struct resolver *names,
                    bool optimise, struct filter *filter, struct arena *arena, struct diag *diag)
{
    struct filter_options options = row_options(t, r);

    options.optimise = optimise;
    options.names = names;
    *arena = arena_over(memory, ARENA);
    *diag = (struct diag){ .text = arena };
    return filter_compile(filter, str_of(table_cell(t, r, "expr")), &options, arena, diag);
}

static void size(const struct table *t, const struct row *r, const struct filter *f,
                 struct totals *sum)
{
    size_t theirs = strtoul(table_cell(t, r, "opt_insns"), NULL, 10);
    size_t old = strtoul(table_cell(t, r, "opt_insns_1103"), NULL, 10);

    /* The older release is a mark only where it means the same. */
    if (old != 0 && strcmp(table_cell(t, r, "v1103"), "same") == 0 && (theirs == 0 || old < theirs))
        theirs = old;
    if (theirs == 0 || strstr(table_cell(t, r, "expr"), "protochain") != NULL)
        return;
    sum->ours += f->count;
    sum->theirs += theirs;
    if (f->count > theirs) {
        sum->longer++;
        if (verbose)
            printf("longer: %u, not %zu: %s %s: %s\n", f->count, theirs, table_cell(t, r, "id"),
                   table_cell(t, r, "dlt"), table_cell(t, r, "expr"));
    }
}

static bool may_accept(const struct filter *f)
{
    for (u32 i = 0; i < f->count; i++)
        if (f->insns[i].code == 0x06 && f->insns[i].k != 0)
            return true;
    return false;
}

static size_t check(const char *directory, const char *file, bool optimise)
{
    struct table t;
    struct totals sum = { 0 };
    char names[4096];

    if (!table_read(&t, directory, file))
        exit(SKIPPED);
    snprintf(names, sizeof names, "%s/names", directory);
    clock_t before = clock();
    for (size_t i = 0; i < t.count; i++) {
        const struct row *r = &t.rows[i];
        const char *expect = table_cell(&t, r, "expect");
        struct filter filter;
        struct arena arena;
        struct diag diag;
        bool accepted = compile(&t, r, file_names(names), optimise, &filter, &arena, &diag);
        bool right = strcmp(expect, "accept") == 0 ? accepted && may_accept(&filter)
                     : strcmp(expect, "reject") == 0
                         ? !accepted && diag.what.len > 0
                         : accepted != optimise;
        sum.rows++;
        if (!right) {
            sum.wrong++;
            if (verbose)
                printf("%s: wrong (%s%s%.*s): %s %s %s: %s\n", file, expect,
                       accepted ? "" : ", but: ", (int)diag.what.len, diag.what.p,
                       table_cell(&t, r, "id"), table_cell(&t, r, "dlt"), table_cell(&t, r, "mode"),
                       table_cell(&t, r, "expr"));
        } else if (accepted && optimise && filter.count > 1) {
            size(&t, r, &filter, &sum);
        }
    }
    double ms = (double)(clock() - before) * 1000 / CLOCKS_PER_SEC;
    printf("%s%s: %zu rows, %zu wrong, %.0f ms", file, optimise ? "" : " unoptimised", sum.rows,
           sum.wrong, ms);
    if (sum.theirs > 0)
        printf(", %zu instructions, reference %zu (%.3f), %zu longer", sum.ours, sum.theirs,
               (double)sum.ours / (double)sum.theirs, sum.longer);
    printf("\n");
    table_free(&t);
    return sum.wrong + sum.longer;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "-v") == 0) {
        verbose = true;
        argv++;
        argc--;
    }
    if (argc != 2)
        return SKIPPED;
    memory = malloc(ARENA);
    size_t wrong = check(argv[1], "accept.tsv", true) + check(argv[1], "reject.tsv", true) +
                   check(argv[1], "real.tsv", true) + check(argv[1], "accept.tsv", false) +
                   check(argv[1], "real.tsv", false);
    free(memory);
    return wrong > 0;
}
