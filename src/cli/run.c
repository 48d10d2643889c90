/*
 * The run.  Its order is part of its meaning: open the source, compile, attach, open the output,
 * and only then look at packets.
 */
#include "cli/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "bpf/list.h"
#include "capture/source_file.h"
#include "cli/expression.h"
#include "cli/filters.h"
#include "cli/input.h"
#include "cli/memory.h"
#include "cli/report.h"
#include "cli/save.h"
#include "cli/signals.h"
#include "cli/text.h"
#include "cli/zone.h"
#include "names/system.h"
#include "print/print.h"

enum { BATCH = 256, MS_PER_SECOND = 1000, LONGEST_SLEEP_S = 3600 };

/* How long a live capture waits for the name of an address before it prints the number. */
enum { NAME_PATIENCE_MS = 100 };

struct run {
    const struct options *options;
    const struct console *console;
    struct input input;
    struct names *names; /* NULL before they are needed */
    struct filters filters;
    bool printing, saving; /* what becomes of packets; neither: they are counted */
    bool progress;         /* -v -w: "Got N" */
    struct save save;
    struct text text;
    struct print_run printer;
    u32 printed_interface;      /* of the source: where the packet being printed is from */
    u64 captured;               /* packets delivered, of all sources */
    u64 shown;                  /* of these, by "Got N" */
    i64 progress_ms, losing_ms; /* monotonic: when each was told last */
    int status;
};

static i64 monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

/* -d, -dd, -ddd */
static int list_filter(struct run *r, u32 linktype)
{
    const struct filter_program *program = filters_program(&r->filters, linktype);

    if (program == NULL)
        return EXIT_ERROR;
    switch (r->options->listing) {
    case LISTING_C: bpf_list_c(&r->text.out, program->insns, program->count); break;
    case LISTING_DECIMAL: bpf_list_decimal(&r->text.out, program->insns, program->count); break;
    case LISTING_NONE:
    case LISTING_TEXT: bpf_list(&r->text.out, program->insns, program->count); break;
    }
    if (!text_flush(&r->text)) {
        console_error(r->console, "Unable to write output: %s", strerror(r->text.error));
        return EXIT_WRITE;
    }
    return EXIT_OK;
}

/* Compiles for a source and makes it use the filter.  False, told on the console. */
static bool attach_one(struct run *r, struct source *s)
{
    struct source_filter filter = { .verdict = filters_verdict, .context = &r->filters };
    bool whole = !s->live || r->options->live.snaplen == SNAPLEN_MAX; /* nothing is to be cut */
    const struct filter_program *program = filters_program(&r->filters, s->linktype);

    if (program == NULL)
        return false;
    if (s->live) {
        filter.code = program->insns;
        filter.n = program->count;
    }
    if (!source_attach(s, r->filters.text.len == 0 && whole ? NULL : &filter)) {
        console_error(r->console, "%s", s->err);
        return false;
    }
    return true;
}

/* The same for all interfaces, or for the present savefile. */
static bool attach(struct run *r)
{
    if (!r->input.live)
        return attach_one(r, r->input.source);
    for (u32 i = 0; i < r->input.part_count; i++)
        if (!attach_one(r, r->input.parts[i]))
            return false;
    return input_merge(&r->input);
}

/* Lets records be copied from one savefile to a like one without encoding them again. */
static void copy_records(struct run *r)
{
    const struct source *s = r->input.source;
    save_source(&r->save, s->live ? NULL : source_file_savefile(s));
}

static bool open_output(struct run *r)
{
    const struct source *s = r->input.source;
    struct pcap_header header = {
        .linktype = s->linktype,
        .linktype_bits = s->live ? 0 : source_file_savefile(s)->linktype_bits,
        .snaplen = s->snaplen,
        .nano = r->options->precision == PRECISION_NANO ||
                (r->options->precision == PRECISION_DEFAULT && !s->live && s->nanoseconds),
    };

    struct postrotate post = { .fd = -1 };
    if (r->options->post_command != NULL &&
        !postrotate_start(&post, r->options->post_command, r->console)) {
        console_error(r->console, "cannot start a process for -z: %s", strerror(errno));
        return false;
    }
    if (save_open(&r->save, r->options, &header, post, (i64)time(NULL), r->console) != SAVE_OK)
        return false;
    copy_records(r);
    return true;
}

/*
 * Several interfaces: a packet's line says which one it is from, and its direction, as the printer
 * of cooked packets does by itself.
 */
static void say_origin(void *context, struct out *o, const struct packet *p)
{
    static const char *const types[] = { "In", "B", "M", "P",
                                         "Out" }; /* by PACKET_HOST and so on */
    const struct run *r = context;
    const struct source *s = r->input.source;

    if (p->interface < s->interface_count && p->linktype != LINKTYPE_LINUX_SLL2)
        out_format(o, "%-5s %-3s ", s->interfaces[p->interface].name,
                   p->meta.pkttype < countof(types) ? types[p->meta.pkttype] : "?");
}

/* Names of the interfaces that `any` captures from, in whichever namespace. */
static struct str interface_name_of(void *context, u32 index)
{
    struct run *r = context;

    return source_live_ifname(r->input.source, r->printed_interface, index);
}

static void start_printer(struct run *r)
{
    struct print_options options = r->options->print;
    u64 seed = 0;

    zone_load(&options.zone);
    if (r->input.live && r->input.source->interface_count > 1)
        options.origin = (struct packet_origin){ say_origin, r };
    if (r->input.live)
        names_use_interfaces(r->names, interface_name_of, r);
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (u64)monotonic_ms(); /* an old kernel, or one that has just started */
    print_start(&r->printer, &options, names_resolver(r->names), memory_from_heap(), seed,
                &r->text.out);
}

/* Takes note of how saving went.  False when the run has to end. */
static bool go_on(struct run *r, enum save_result result)
{
    if (likely(result == SAVE_OK))
        return true;
    r->saving = false;
    if (result == SAVE_FAILED)
        r->status = EXIT_WRITE;
    return false;
}

/* What happens to a batch of packets.  False when the run has to end. */
static bool deliver(struct run *r, const struct packet *batch, int n)
{
    i64 now_s = r->saving && r->options->rotate_seconds > 0 ? (i64)time(NULL) : 0;

    r->captured += (u64)n;
    if (r->saving) {
        u32 saved;
        if (!go_on(r, save_packets(&r->save, batch, (u32)n, now_s, &saved))) {
            r->captured -= (u32)n - saved;
            return false;
        }
    }
    for (int i = 0; r->printing && i < n; i++) {
        r->printed_interface = batch[i].interface;
        print_packet(&r->printer, &batch[i]);
    }
    return r->text.error == 0;
}

/* How long to sleep at most until something is due, in ms; -1: nothing is. */
static int next_due_ms(const struct run *r)
{
    i64 until_s = r->saving ? save_deadline(&r->save) : INT64_MAX, now_s = (i64)time(NULL);

    if (r->progress || r->input.source->losing)
        return MS_PER_SECOND;
    if (until_s == INT64_MAX)
        return -1;
    i64 left_s = until_s > now_s ? until_s - now_s : 0;
    return (int)(left_s < LONGEST_SLEEP_S ? left_s : LONGEST_SLEEP_S) * MS_PER_SECOND;
}

/* What is due by the clock, not by a packet.  False when the run has to end. */
static bool tick(struct run *r)
{
    return !r->saving || go_on(r, save_tick(&r->save, (i64)time(NULL)));
}

/* Lets everybody see what is buffered.  False when the run has to end. */
static bool settle(struct run *r)
{
    if (r->saving && !go_on(r, save_settle(&r->save)))
        return false;
    return text_flush(&r->text);
}

/* What signals asked for. */
static void heed_signals(struct run *r)
{
    if (!signals_any())
        return;
    signals_calm();
    if (signals_take_statistics() && r->input.source != NULL)
        report_now(r->console, r->input.source, r->captured);
    if (signals_take_flush() && r->saving)
        go_on(r, save_flush(&r->save));
}

/* A signal came while a savefile's pipe was silent; whether to read no more of it. */
static bool woken(void *context)
{
    struct run *r = context;

    heed_signals(r);
    return signals_stop() > 0 || r->status != EXIT_OK;
}

static void learn(void *context, const u8 *address, u32 len, struct str name)
{
    struct run *r = context;

    names_learn(r->names, address, len, name);
}

/* "Got N" once a second, and a warning as soon as packets are lost. */
static void tell_progress(struct run *r, i64 now_ms)
{
    if (r->progress && now_ms - r->progress_ms >= MS_PER_SECOND) {
        r->progress_ms = now_ms;
        if (r->shown != r->captured)
            console_say(r->console, "Got %llu\r", (unsigned long long)r->captured);
        r->shown = r->captured;
    }
    if (r->input.source->losing && now_ms - r->losing_ms >= MS_PER_SECOND) {
        r->losing_ms = now_ms;
        report_losing(r->console, r->input.source);
    }
}

/* Packets of one source.  False when the run has to end, be it well or not. */
static bool drain_source(struct run *r)
{
    struct source *s = r->input.source;
    struct packet batch[BATCH];
    u64 left = r->options->limit;
    bool limited = left > 0, stopping = false;

    for (;;) {
        int want = limited && left < BATCH ? (int)left : BATCH;
        int n = want > 0 ? source_next(s, batch, want) : SOURCE_END;
        if (n > 0) {
            left -= limited ? (u64)n : 0;
            if (!deliver(r, batch, n))
                return false;
        }
        if (n <= 0 || r->options->packet_buffered || r->input.waits) {
            if (!settle(r))
                return false;
        }
        if (n < 0) {
            if (n == SOURCE_FAILED) {
                console_error(r->console, "pcap_loop: %s", s->err);
                r->status = EXIT_ERROR;
            }
            return n == SOURCE_END && signals_stop() == 0;
        }
        if (r->progress || s->losing)
            tell_progress(r, monotonic_ms());
        if (n == 0) {
            source_wait(s, next_due_ms(r), signals_wake_fd());
            if (!tick(r))
                return false;
        }
        heed_signals(r);
        if (r->status != EXIT_OK)
            return false;
        if (signals_stop() > 0 && !stopping) {
            source_stop(s);
            stopping = true;
        }
    }
}

/* All sources, one after another. */
static void drain_all(struct run *r)
{
    while (drain_source(r)) {
        enum input_more more = input_next(&r->input, r->saving ? (int)r->save.header.linktype : -1);
        if (more == INPUT_END)
            return;
        if (more == INPUT_FAILED || !attach(r)) {
            r->status = EXIT_ERROR;
            return;
        }
        if (r->saving)
            copy_records(r);
    }
}

/* The last words: what is buffered, the newline that ends a cut line, the counts. */
static void finish(struct run *r)
{
    if (r->printing && signals_stop() > 0)
        out_char(&r->text.out, '\n'); /* as tcpdump */
    if (r->options->count_only && r->status == EXIT_OK)
        out_format(&r->text.out, "%llu packet%s\n", (unsigned long long)r->captured,
                   r->captured == 1 ? "" : "s");
    if (!text_flush(&r->text)) {
        console_error(r->console, "Unable to write output: %s", strerror(r->text.error));
        r->status = EXIT_WRITE;
        return;
    }
    if (r->saving && save_close(&r->save) != SAVE_OK)
        r->status = EXIT_WRITE;
    if (r->input.source != NULL && r->input.source->live)
        report_end(r->console, r->input.source, r->captured);
}

static struct filter_options filter_options(const struct run *r)
{
    const struct options *o = r->options;

    return (struct filter_options){
        /* Opening a live source may have raised it. */
        .snaplen = r->input.live && r->input.source ? r->input.source->snaplen : o->live.snaplen,
        .netmask = o->netmask,
        .netmask_known = true, /* as tcpdump: 0 when nobody knows better */
        .live = r->input.live || o->filter_live,
        .optimise = !o->no_optimise,
        .names = names_resolver(r->names),
    };
}

static bool is_live(const struct options *o)
{
    return o->read_file == NULL && o->read_list == NULL;
}

/* -d without a source needs nothing but the compiler. */
static bool needs_source(const struct options *o)
{
    return o->listing == LISTING_NONE || o->live.device != NULL || !is_live(o);
}

/* With the source open: everything until the end. */
static int run_source(struct run *r)
{
    const struct options *o = r->options;

    if (o->listing != LISTING_NONE)
        return list_filter(r, r->input.source->linktype);
    if (!attach(r) || (r->saving && !open_output(r)))
        return EXIT_ERROR;
    if (r->printing)
        start_printer(r);
    if (r->input.live)
        report_listening(r->console, r->input.source, o->print.verbosity == 0 && !r->saving);
    r->progress = r->input.live && r->saving && !r->printing && o->print.verbosity > 0;
    drain_all(r);
    finish(r);
    return r->status;
}

static int run_with_text(struct run *r, struct str expression)
{
    const struct options *o = r->options;

    struct filter_options filter = filter_options(r);
    filters_start(&r->filters, expression, &filter, r->console);
    if (r->input.source != NULL)
        return run_source(r);
    if (o->live.linktype == LIVE_LINKTYPE_NATURAL)
        console_say(r->console, "Warning: assuming Ethernet\n");
    return list_filter(r, o->live.linktype == LIVE_LINKTYPE_NATURAL ? LINKTYPE_EN10MB
                                                                    : (u32)o->live.linktype);
}

/*
 * Names come first: the process that asks DNS for them is a copy of this one, and should not get to
 * see a capture's sockets and files.
 */
static bool open_names(struct run *r)
{
    const struct options *o = r->options;
    struct names_setup setup = { .patience_ms = is_live(o) ? NAME_PATIENCE_MS : 0 };

    r->names = names_open(&setup);
    if (r->names == NULL) {
        console_error(r->console, "no memory for names");
        return false;
    }
    if (r->printing && !o->print.numeric && o->listing == LISTING_NONE)
        names_prepare(r->names);
    return true;
}

static int open_and_run(struct run *r)
{
    const struct options *o = r->options;
    struct str expression;

    r->saving = o->write_file != NULL;
    r->printing = !o->count_only && (!r->saving || o->print_also);
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

int run(const struct options *options, const struct console *console)
{
    struct run *r = calloc(1, sizeof *r);
    int status = EXIT_ERROR;

    if (r == NULL) {
        console_error(console, "no memory");
        return EXIT_NO_MEMORY;
    }
    /* In place: the text's output and callbacks know its address. */
    *r = (struct run){ .options = options,
                       .console = console,
                       .save = { .writer = { .fd = -1 }, .post = { .fd = -1 } },
                       .input = {
                           .options = options, .console = console, .woken = woken, .learn = learn,
                           .context = r } };
    text_start(&r->text);
    if (options->listing == LISTING_NONE && !signals_catch(is_live(options)))
        console_error(console, "cannot catch signals: %s", strerror(errno));
    else
        status = open_and_run(r);
    if (r->printer.d.out != NULL)
        print_end(&r->printer);
    postrotate_end(&r->save.post);
    save_free(&r->save);
    filters_free(&r->filters);
    input_close(&r->input);
    names_close(r->names);
    free(r);
    return status;
}
