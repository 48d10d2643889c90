/*
 * The run.  Its order is part of its meaning: names, then the source, then the filter, then the
 * output, and only then packets.
 */
#include "cli/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/linktype.h"
#include "bpf/list.h"
#include "cli/expression.h"
#include "cli/interfaces.h"
#include "cli/loop.h"
#include "cli/privilege.h"
#include "cli/report.h"
#include "cli/signals.h"

/* How long a live capture waits for the name of an address before it prints the number. */
enum { NAME_PATIENCE_MS = 100 };

struct run {
    const struct options *options;
    const struct console *console;
    struct names *names;
    struct input input;
    struct filters filters;
    struct save save;
    struct show show;
    struct loop loop;
};

static bool is_live(const struct options *o)
{
    return o->read_file == NULL && o->read_list == NULL;
}

/* -d without a source needs nothing but the compiler. */
static bool needs_source(const struct options *o)
{
    return o->listing == LISTING_NONE || o->live.device != NULL || !is_live(o);
}

static int cannot_write(const struct run *r)
{
    console_error(r->console, "Unable to write output: %s", strerror(r->show.text.error));
    return EXIT_WRITE;
}

/* Text for a terminal is in colour. */
static enum explain_form form_wanted(const struct options *o, enum explain_form form)
{
    return form == EXPLAIN_TEXT && colour_wanted(o->colour) ? EXPLAIN_COLOUR : form;
}

/* -d, -dd, -ddd, --explain */
static int list_filter(struct run *r, u32 linktype)
{
    struct out *o = &r->show.text.out;

    if (r->options->explain) {
        enum explain_form form = form_wanted(r->options, r->options->explain_form);
        if (!filters_explain(&r->filters, linktype, form, NULL, o))
            return EXIT_ERROR;
        return text_flush(&r->show.text) ? EXIT_OK : cannot_write(r);
    }
    const struct filter_program *program = filters_program(&r->filters, linktype);
    if (program == NULL)
        return EXIT_ERROR;
    switch (r->options->listing) {
    case LISTING_C: bpf_list_c(o, program->insns, program->count); break;
    case LISTING_DECIMAL: bpf_list_decimal(o, program->insns, program->count); break;
    case LISTING_NONE:
    case LISTING_TEXT: bpf_list(o, program->insns, program->count); break;
    }
    return text_flush(&r->show.text) ? EXIT_OK : cannot_write(r);
}

/* --trace-filter */
static int trace_packet(struct run *r)
{
    struct packet packet;
    int n = 1;

    for (u32 i = 0; i < r->options->trace_packet && n > 0; i++)
        n = source_next(r->input.source, &packet, 1);
    if (n == SOURCE_FAILED)
        console_error(r->console, "%s", r->input.source->err);
    else if (n <= 0)
        console_error(r->console, "there is no packet %u in the file", r->options->trace_packet);
    enum explain_form form = form_wanted(r->options, EXPLAIN_TEXT);
    if (n <= 0 || !filters_explain(&r->filters, packet.linktype, form, &packet, &r->show.text.out))
        return EXIT_ERROR;
    return text_flush(&r->show.text) ? EXIT_OK : cannot_write(r);
}

/* Gives each interface, or the savefile, its filter. */
static bool attach(struct run *r)
{
    if (!r->input.live)
        return filters_attach(&r->filters, r->input.source);
    for (u32 i = 0; i < r->input.part_count; i++)
        if (!filters_attach(&r->filters, r->input.parts[i]))
            return false;
    return input_merge(&r->input);
}

static int open_output(struct run *r)
{
    struct postrotate post = { .fd = -1 };
    const char *command = r->options->post_command;

    if (command != NULL && !postrotate_start(&post, command, r->console)) {
        console_error(r->console, "cannot start a process for -z: %s", strerror(errno));
        return EXIT_ERROR;
    }
    switch (save_open(&r->save, r->input.source, r->filters.text, post, (i64)time(NULL))) {
    case SAVE_OK:
    case SAVE_DONE: break;
    case SAVE_FAILED:
    case SAVE_REFUSED: return EXIT_ERROR;
    }
    return EXIT_OK;
}

/* The last words: what is buffered, the newline that ends a cut line, the counts. */
static int finish(struct run *r)
{
    struct out *o = &r->show.text.out;
    struct loop *l = &r->loop;

    if (l->showing && signals_stop() > 0)
        out_char(o, '\n'); /* as tcpdump */
    if (r->options->count_only && l->status == EXIT_OK)
        out_format(o, "%llu packet%s\n", (unsigned long long)l->captured,
                   l->captured == 1 ? "" : "s");
    if (l->saving && l->status != EXIT_WRITE && save_close(&r->save) != SAVE_OK)
        l->status = EXIT_WRITE;
    if (!text_flush(&r->show.text))
        return cannot_write(r);
    if (r->input.source != NULL && r->input.live)
        report_end(r->console, r->input.source, l->captured);
    return l->status;
}

/* -f: the first interface's network is the one whose addresses have names. */
static void limit_names(struct run *r)
{
    u32 net, mask;

    if (!r->options->foreign_numeric || !r->input.live)
        return;
    const char *device = r->input.source->interfaces[0].name;
    if (str_equal(str_of(device), str_of("any")))
        return; /* it is in all networks */
    if (interfaces_network(device, &net, &mask))
        names_only_local(r->names, net, mask);
    else
        console_warning(r->console, "%s: no IPv4 address assigned", device);
}

/* Whether output files will be created while packets are looked at. */
static bool creates_files(const struct options *o)
{
    return o->write_file != NULL && strcmp(o->write_file, "-") != 0 &&
           (o->rotate_bytes > 0 || o->rotate_seconds > 0 || o->max_total > 0 || o->max_files > 0);
}

static void confine(struct run *r)
{
    const struct options *o = r->options;
    const struct confinement c = { .user = o->user,
                                   .output = creates_files(o) ? o->write_file : NULL,
                                   .reads = o->read_list != NULL,
                                   .sandbox = !o->no_sandbox,
                                   .verbose = o->print.verbosity > 0 };

    privilege_confine(&c, r->console);
}

/* With the source open: everything until the end. */
static int run_source(struct run *r)
{
    const struct options *o = r->options;
    struct loop *l = &r->loop;

    if (o->listing != LISTING_NONE)
        return list_filter(r, r->input.source->linktype);
    if (o->trace_packet > 0)
        return trace_packet(r);
    limit_names(r);
    if (!attach(r) || (o->user != NULL && !privilege_knows(o->user, r->console)))
        return EXIT_ERROR;
    if (l->saving) {
        int status = open_output(r);
        if (status != EXIT_OK)
            return status;
    }
    if (o->user != NULL && !privilege_become(o->user, r->save.writer.fd, r->console))
        return EXIT_ERROR;
    if (l->showing && !show_secrets(&r->show, o, r->console))
        return EXIT_ERROR;
    if (l->showing)
        show_start(&r->show, o, r->names, r->input.source);
    confine(r);
    if (r->input.live)
        report_listening(r->console, r->input.source, o->print.verbosity == 0 && !l->saving);
    l->progress = r->input.live && l->saving && !l->showing && o->print.verbosity > 0;
    loop_run(l);
    return finish(r);
}

static struct filter_options filter_options(const struct run *r)
{
    const struct options *o = r->options;

    return (struct filter_options){
        /* Opening a live source may have raised it. */
        .snaplen = r->input.live ? r->input.source->snaplen : o->live.snaplen,
        .netmask = o->netmask,
        .netmask_known = true, /* as tcpdump: 0 when nobody knows better */
        .live = r->input.live || o->filter_live,
        .optimise = !o->no_optimise,
        .plain = o->plain_dialect,
        .names = names_resolver(r->names),
    };
}

static int run_with_text(struct run *r, struct str expression)
{
    const struct options *o = r->options;
    const struct filter_options filter = filter_options(r);

    filters_start(&r->filters, expression, &filter, r->console);
    if (r->input.source != NULL)
        return run_source(r);
    if (o->live.linktype != LIVE_LINKTYPE_NATURAL)
        return list_filter(r, (u32)o->live.linktype);
    console_say(r->console, "Warning: assuming Ethernet\n");
    return list_filter(r, LINKTYPE_EN10MB);
}

/* In the resolver process. */
static void confine_resolver(void *run)
{
    const struct run *r = run;
    const struct confinement c = { .resolves = true, .sandbox = !r->options->no_sandbox };

    privilege_confine(&c, r->console);
}

/*
 * Names come first: the process that asks DNS for them is a copy of this one, and should not get to
 * see a capture's sockets and files.
 */
static bool open_names(struct run *r)
{
    const struct options *o = r->options;
    struct names_setup setup = { .patience_ms = is_live(o) ? NAME_PATIENCE_MS : 0,
                                 .confine = confine_resolver,
                                 .context = r };

    r->names = names_open(&setup);
    if (r->names == NULL) {
        console_error(r->console, "no memory for names");
        return false;
    }
    if (r->loop.showing && !o->print.numeric && o->listing == LISTING_NONE)
        names_prepare(r->names);
    return true;
}

/* What a savefile says beside packets: blocks to be copied, names to be shown. */
static void take_block(void *context, const struct savefile *f, const struct savefile_block *block)
{
    struct run *r = context;

    (void)f;
    if (r->loop.saving && r->loop.status == EXIT_OK && save_block(&r->save, block) != SAVE_OK)
        r->loop.status = EXIT_WRITE;
}

static void take_name(void *context, const u8 *address, u32 len, struct str name)
{
    struct run *r = context;

    if (r->loop.showing)
        names_learn(r->names, address, len, name);
}

static bool woken(void *context)
{
    struct run *r = context;

    return loop_woken(&r->loop);
}

static int patience(void *context)
{
    struct run *r = context;

    return loop_patience(&r->loop);
}

static int open_and_run(struct run *r)
{
    struct str expression;

    if (!open_names(r))
        return EXIT_NO_MEMORY;
    if (needs_source(r->options) && !input_open(&r->input))
        return EXIT_ERROR;
    if (!expression_load(r->options, &expression, r->console))
        return EXIT_ERROR;
    int status = run_with_text(r, expression);
    free((void *)(uintptr_t)expression.p);
    return status;
}

static void set_up(struct run *r, const struct options *o, const struct console *c)
{
    bool saving = o->write_file != NULL;

    r->options = o;
    r->console = c;
    r->input = (struct input){ .options = o,
                               .console = c,
                               .woken = woken,
                               .patience = patience,
                               .block = take_block,
                               .learn = take_name,
                               .context = r };
    r->loop = (struct loop){ .options = o,
                             .console = c,
                             .input = &r->input,
                             .filters = &r->filters,
                             .save = &r->save,
                             .show = &r->show,
                             .saving = saving,
                             .showing = !o->count_only && (!saving || o->print_also) };
    r->loop.watched = !is_live(o) && progress_wanted(c, r->loop.showing);
    text_start(&r->show.text);
    save_start(&r->save, o, c);
}

int run(const struct options *options, const struct console *console)
{
    struct run *r = calloc(1, sizeof *r);
    int status = EXIT_ERROR;

    if (r == NULL) {
        console_error(console, "no memory");
        return EXIT_NO_MEMORY;
    }
    set_up(r, options, console);
    if (options->listing == LISTING_NONE && !signals_catch(is_live(options)))
        console_error(console, "cannot catch signals: %s", strerror(errno));
    else
        status = open_and_run(r);
    show_end(&r->show);
    save_free(&r->save);
    filters_free(&r->filters);
    input_close(&r->input);
    names_close(r->names);
    free(r);
    return status;
}
