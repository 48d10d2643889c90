/* Programs for the link types of a run. */
#include "cli/filters.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/linktype.h"
#include "bpf/vm.h"

void filters_start(struct filters *f, struct str text, const struct filter_options *options,
                   const struct console *console)
{
    *f = (struct filters){ .text = text, .options = *options, .console = console };
}

void filters_free(struct filters *f)
{
    for (u32 i = 0; i < f->count; i++)
        free(f->programs[i].insns);
    free(f->programs);
}

/* Memory for a compile, to be given back with munmap(); NULL, told on the console. */
static void *take_block(const struct filters *f)
{
    void *block = mmap(NULL, FILTER_ARENA_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (block != MAP_FAILED)
        return block;
    console_error(f->console, "no memory to compile the filter: %s", strerror(errno));
    return NULL;
}

bool filters_explain(struct filters *f, u32 linktype, enum explain_form form, const struct packet *packet,
                     struct out *to)
{
    void *block = take_block(f);
    if (block == NULL)
        return false;
    struct arena arena = arena_over(block, FILTER_ARENA_BYTES);
    struct diag diag = { .text = &arena };
    struct filter_options options = f->options;

    options.linktype = linktype;
    bool explained = packet == NULL ? filter_explain(f->text, &options, form, &arena, &diag, to)
                                    : filter_trace(f->text, &options, packet, form, &arena, &diag, to);
    if (!explained)
        console_diag(f->console, &diag, f->text);
    munmap(block, FILTER_ARENA_BYTES);
    return explained;
}

/* A copy of a compiled filter that lives as long as the run.  False when there is no memory. */
static bool keep(struct filter_program *program, u32 linktype, const struct filter *filter)
{
    const u32 n = filter->count;
    struct bpf_insn *insns = malloc(n * (sizeof *insns + sizeof *program->fused));

    if (insns == NULL)
        return false;
    memcpy(insns, filter->insns, n * sizeof *insns);
    *program = (struct filter_program){ linktype, insns, (struct bpf_fused *)(insns + n), n };
    bpf_fuse(program->fused, insns, n);
    return true;
}

/* Compiles in an arena that is dropped at once; the program is copied out of it. */
static bool compile(struct filters *f, u32 linktype, struct filter_program *program)
{
    void *block = take_block(f);
    if (block == NULL)
        return false;
    struct arena arena = arena_over(block, FILTER_ARENA_BYTES);
    struct diag diag = { .text = &arena };
    struct filter_options options = f->options;
    struct filter filter;
    bool compiled;

    options.linktype = linktype;
    compiled = filter_compile(&filter, f->text, &options, &arena, &diag);
    if (!compiled) {
        console_diag(f->console, &diag, f->text);
    } else if (!keep(program, linktype, &filter)) {
        console_error(f->console, "no memory for the filter");
        compiled = false;
    } else if (filter_is_never(&filter)) {
        console_warning(f->console, "no packet can match this filter");
    }
    munmap(block, FILTER_ARENA_BYTES);
    return compiled;
}

/* A place for one more program, or NULL. */
static struct filter_program *add(struct filters *f)
{
    if (f->count == f->room) {
        u32 room = f->room == 0 ? 4 : f->room * 2;
        struct filter_program *more = realloc(f->programs, room * sizeof *more);
        if (more == NULL) {
            console_error(f->console, "no memory for the filter");
            return NULL;
        }
        f->programs = more;
        f->room = room;
    }
    return &f->programs[f->count];
}

static const struct filter_program *find(struct filters *f, u32 linktype)
{
    for (u32 i = 0; i < f->count; i++) {
        if (f->programs[i].linktype == linktype) {
            f->last = i;
            return &f->programs[i];
        }
    }
    return NULL;
}

const struct filter_program *filters_program(struct filters *f, u32 linktype)
{
    const struct filter_program *known = find(f, linktype);
    if (known != NULL)
        return known->insns != NULL ? known : NULL;
    struct filter_program *program = add(f);
    if (program == NULL || !compile(f, linktype, program))
        return NULL;
    f->last = f->count++;
    return program;
}

/* A link type in the middle of a run: what does not compile for it matches none of its packets. */
static COLD const struct filter_program *meet(struct filters *f, u32 linktype)
{
    const struct filter_program *program = find(f, linktype);
    if (program != NULL || (program = filters_program(f, linktype)) != NULL)
        return program;
    const struct linktype_info *info = linktype_info(linktype);
    console_warning(f->console,
                    "packets of link type %u (%s) are skipped: the filter has no meaning there",
                    linktype, info != NULL ? linktype_name(info) : "unknown");
    struct filter_program *none = add(f);
    if (none == NULL)
        return NULL;
    *none = (struct filter_program){ .linktype = linktype };
    f->last = f->count++;
    return none;
}

u32 filters_verdict(void *filters, const struct packet *packet)
{
    struct filters *f = filters;
    const struct filter_program *program = NULL;

    if (f->last < f->count)
        program = &f->programs[f->last];
    if (program == NULL || unlikely(program->linktype != packet->linktype))
        program = meet(f, packet->linktype);
    if (program == NULL || program->insns == NULL)
        return 0;
    return bpf_run_fused(program->fused, packet);
}

bool filters_attach(struct filters *f, struct source *s)
{
    struct source_filter filter = { .verdict = filters_verdict, .context = f };
    bool whole = !s->live || f->options.snaplen == SNAPLEN_MAX; /* nothing is to be cut */
    const struct filter_program *program = filters_program(f, s->linktype);

    if (program == NULL)
        return false;
    if (s->live) {
        filter.code = program->insns;
        filter.n = program->count;
    }
    if (!source_attach(s, f->text.len == 0 && whole ? NULL : &filter)) {
        console_error(f->console, "%s", s->err);
        return false;
    }
    return true;
}
