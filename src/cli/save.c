/* Saving packets to one file after another. */
#include "cli/save.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "base/linktype.h"
#include "capture/source_file.h"
#include "cli/interfaces.h"

/* -- what is told ------------------------------------------------------------------------------ */

static COLD enum save_result failed(const struct save *s, const char *name, int error)
{
    console_error(s->console, "%s: %s", strcmp(name, "-") == 0 ? "standard output" : name,
                  strerror(error));
    return SAVE_FAILED;
}

static COLD enum save_result writer_failed(struct save *s)
{
    if (s->writer.error == EFAULT && !s->source->live) {
        /* Packets are written from where the input is mapped, and there it is gone.  The output is whole. */
        s->writer.error = 0;
        console_error(s->console, "pcap_loop: error reading dump file: %s",
                      source_file_explain(s->source));
        return SAVE_REFUSED;
    }
    return failed(s, s->rotation.name, s->writer.error);
}

/* Blocks that say how packets were captured: pcap has some of it in its header, and nobody misses
 * the rest. */
static bool is_about_capture(u32 type)
{
    return type == BLOCK_SECTION || type == BLOCK_INTERFACE || type == BLOCK_STATISTICS;
}

/* A pcapng file is being made a pcap file, and has something that gets lost: told once. */
static COLD void tell_left_out(struct save *s)
{
    if (!s->told_left_out)
        console_warning(s->console,
                        "%s: comments, names and the like are left out, as pcap has no room for "
                        "them; -P keeps them",
                        s->options->write_file);
    s->told_left_out = true;
}

/*
 * A packet that the format cannot hold.  Half a copy is of no use to anybody who still has the
 * original.
 */
static COLD enum save_result refused(struct save *s, enum write_result why, const struct packet *p)
{
    const struct linktype_info *info = linktype_info(p->linktype);

    if (source_file_is_regular(s->source) && s->finished_bytes == 0)
        writer_discard(&s->writer);
    if (why == WRITE_TIME)
        console_error(s->console, "%s: a pcap file cannot hold the time of a packet, use -P",
                      s->rotation.name);
    else
        console_error(s->console,
                      "%s: a pcap file cannot hold packets of a second link type (%s), use -P",
                      s->rotation.name, info != NULL ? linktype_name(info) : "unknown");
    return SAVE_REFUSED;
}

/* -- formats ----------------------------------------------------------------------------------- */

/* Whether times are to be written in nanoseconds. */
static bool wants_nano(const struct save *s)
{
    switch (s->options->precision) {
    case PRECISION_MICRO: return false;
    case PRECISION_NANO: return true;
    case PRECISION_DEFAULT: break;
    }
    return s->source->live ? s->ng : s->source->nanoseconds;
}

static const struct savefile *savefile_of(const struct source *source)
{
    return source->live ? NULL : source_file_savefile(source);
}

static enum save_result choose_pcap(struct save *s)
{
    const struct source *source = s->source;
    const struct savefile *from = savefile_of(source);

    for (u32 i = 1; i < source->interface_count; i++) {
        if (source->interfaces[i].linktype != source->linktype) {
            console_error(s->console,
                          "a pcap file cannot hold interfaces of different link types "
                          "(%s, %s), use -P",
                          source->interfaces[0].name, source->interfaces[i].name);
            return SAVE_REFUSED;
        }
    }
    s->pcap.header = (struct pcap_header){
        .linktype = source->linktype,
        .linktype_bits = from != NULL ? from->linktype_bits : 0,
        .snaplen = source->snaplen,
        .nano = wants_nano(s),
    };
    return SAVE_OK;
}

/* What the header of a pcap file says about frame check sequences. */
static void describe_fcs(struct pcapng_interface *i, const struct savefile *from)
{
    i->fcs_known = from->linktype_bits & PCAP_FCS_PRESENT;
    i->fcs_bits = (u8)((from->linktype_bits >> PCAP_FCS_SHIFT) * PCAP_FCS_UNIT_BITS);
}

/* Interface blocks for where packets come from, unless they can be copied from a file. */
static bool make_interfaces(struct save *s, struct str filter)
{
    const struct source *source = s->source;
    u32 count = source->live ? source->interface_count : 1;
    struct pcapng_interface *made = calloc(count + 1, sizeof *made);

    free(s->interfaces);
    s->interfaces = made;
    if (made == NULL)
        return false;
    made[0] = (struct pcapng_interface){ .linktype = source->linktype, .snaplen = source->snaplen };
    for (u32 i = 0; i < count; i++) {
        if (source->live) {
            const struct source_interface *from = &source->interfaces[i];
            const char *text = interfaces_text(from->name);
            made[i] = (struct pcapng_interface){ .linktype = from->linktype,
                                                 .snaplen = from->snaplen,
                                                 .name = str_of(from->name),
                                                 .description = str_of(text != NULL ? text : ""),
                                                 .filter = filter,
                                                 .os = str_of(s->os) };
        }
        made[i].nano = wants_nano(s);
    }
    if (!source->live) {
        describe_fcs(&made[0], savefile_of(source));
        made[count] = made[0];
        made[count].snaplen = 0;
        s->ng_output.unlimited = &made[count];
    }
    s->ng_output.interfaces = made;
    s->ng_output.interface_count = count;
    return true;
}

static enum save_result choose_ng(struct save *s, struct str filter)
{
    const struct savefile *from = savefile_of(s->source);
    struct utsname system;

    if (uname(&system) == 0) {
        struct out o = out_fixed(s->os, sizeof s->os - 1);
        out_format(&o, "%s %s", system.sysname, system.release);
        *o.pos = '\0';
    }
    s->ng_output = (struct ng_output){
        .section = { .os = str_of(s->os),
                     .application = str_of("snifter " SNIFTER_VERSION),
                     .comment = str_of(s->options->comment != NULL ? s->options->comment : "") },
        .copied = from != NULL && from->format == SAVEFILE_PCAPNG ? from : NULL,
    };
    if (s->ng_output.copied == NULL && !make_interfaces(s, filter))
        return failed(s, s->rotation.name, ENOMEM);
    return SAVE_OK;
}

/* What the first file begins with when it is copied: everything that was read up to now. */
static bool put_early(struct save *s)
{
    bool put = true;

    for (size_t at = 0; put && at < s->early_len;) {
        struct savefile_block block;
        memcpy(&block, s->early + at, sizeof block);
        block.bytes = s->early + at + sizeof block;
        at += sizeof block + block.len;
        put = ng_output_block(&s->ng_output, &s->writer, &block);
    }
    free(s->early);
    s->early = NULL;
    s->early_len = s->early_room = 0;
    return put;
}

static bool begin_file(struct save *s)
{
    if (!s->ng)
        return pcap_output_begin(&s->pcap, &s->writer);
    if (s->ng_output.copied != NULL && s->early_len > 0)
        return put_early(s);
    return ng_output_begin(&s->ng_output, &s->writer);
}

/* What one interface of a live capture counted until `now_ns`. */
static bool put_interface_statistics(struct save *s, u32 interface, i64 now_ns)
{
    struct source_stats stats;

    if (!source_interface_stats(s->source, interface, &stats))
        return true;
    const struct pcapng_statistics written = {
        .interface = interface,
        .nano = s->interfaces[interface].nano,
        .ts_ns = now_ns,
        .start_ns = s->began_ns,
        .end_ns = now_ns,
        .received = stats.received,
        .dropped_by_interface = stats.dropped_by_interface,
        .accepted = PCAPNG_UNKNOWN,
        .dropped_by_os = stats.dropped,
        .delivered = PCAPNG_UNKNOWN,
    };
    return ng_output_statistics(&s->writer, &written);
}

/* Counters of a live capture, at the end of each pcapng file. */
static bool put_statistics(struct save *s)
{
    struct timespec now;

    if (!s->ng || !s->source->live)
        return true;
    clock_gettime(CLOCK_REALTIME, &now);
    i64 now_ns = (i64)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
    for (u32 i = 0; i < s->source->interface_count; i++)
        if (!put_interface_statistics(s, i, now_ns))
            return false;
    return true;
}

/* -- files ------------------------------------------------------------------------------------- */

void save_start(struct save *s, const struct options *options, const struct console *console)
{
    *s = (struct save){
        .options = options,
        .console = console,
        .wanted = options->write_file != NULL,
        .writer = { .fd = -1 },
        .post = { .fd = -1 },
    };
    s->ng = s->wanted && options_pcapng(options);
}

/* The size that makes a new file, when only the size of all files together is bounded. */
static u64 default_rotation(const struct options *o)
{
    enum { SHARE = 8 };

    if (o->rotate_bytes > 0 || o->rotate_seconds > 0 || o->max_total == 0)
        return o->rotate_bytes;
    return o->max_total / SHARE + 1;
}

/* Where the present file is being written. */
static const char *present_path(struct save *s)
{
    if (!kept_bounded(&s->kept))
        return s->rotation.name;
    struct out o = out_fixed(s->part, sizeof s->part - 1);
    out_format(&o, "%s.part", s->rotation.name);
    *o.pos = '\0';
    return s->part;
}

/* Deletes what the file that is to come, or to grow to `bytes`, leaves no room for. */
static enum save_result trim(struct save *s, u64 bytes)
{
    const char *name;

    if (!kept_bounded(&s->kept) || kept_trim(&s->kept, 1, bytes, &name))
        return SAVE_OK;
    return failed(s, name, errno);
}

static enum save_result open_file(struct save *s)
{
    enum save_result result = trim(s, 0);

    if (result != SAVE_OK)
        return result;
    if (!writer_open(&s->writer, present_path(s), s->ng ? ng_whole_records : pcap_whole_records) ||
        !begin_file(s))
        return writer_failed(s);
    return SAVE_OK;
}

/* Whether the records of a pcap file can go into another as they stand, and what cannot. */
static void choose_copying(struct save *s)
{
    const struct savefile *from = savefile_of(s->source);

    s->pcap.copies = from != NULL && from->format == SAVEFILE_PCAP &&
                     from->nano == s->pcap.header.nano;
    s->leaves_out = !s->ng && from != NULL && from->format == SAVEFILE_PCAPNG;
}

enum save_result save_open(struct save *s, struct source *source, struct str filter,
                           struct postrotate post, i64 now_s)
{
    const struct options *o = s->options;

    s->source = source;
    s->post = post;
    s->began_ns = now_s * NS_PER_SECOND;
    s->rotation = (struct rotation){ .pattern = o->write_file,
                                     .bytes = default_rotation(o),
                                     .seconds = o->rotate_seconds,
                                     .files = o->file_count };
    s->kept = (struct kept){ .max_bytes = o->max_total, .max_files = o->max_files };
    s->one_by_one = s->rotation.bytes > 0 || s->rotation.seconds > 0 || o->stop_bytes > 0;
    if (!rotation_start(&s->rotation, now_s))
        return failed(s, o->write_file, ENAMETOOLONG);
    enum save_result result = s->ng ? choose_ng(s, filter) : choose_pcap(s);
    if (result != SAVE_OK)
        return result;
    if (!writer_init(&s->writer))
        return failed(s, o->write_file, ENOMEM);
    choose_copying(s);
    return open_file(s);
}

/* The file is complete: it gets its name, and whoever waits for it is told. */
static enum save_result finish_file(struct save *s)
{
    const char *name = s->rotation.name;
    u64 bytes = s->writer.written;

    s->finished_bytes += bytes;
    if (kept_bounded(&s->kept)) {
        if (rename(s->part, name) < 0)
            return failed(s, name, errno);
        if (!kept_add(&s->kept, name, bytes))
            return failed(s, name, ENOMEM);
    }
    if (s->post.fd >= 0 && !postrotate_file(&s->post, name))
        console_warning(s->console, "the command for %s was not started: %s", name,
                        strerror(errno));
    return SAVE_OK;
}

enum save_result save_close(struct save *s)
{
    if (s->writer.fd < 0)
        return SAVE_OK;
    if (!put_statistics(s) || !writer_close(&s->writer))
        return writer_failed(s);
    return finish_file(s);
}

static COLD enum save_result change_file(struct save *s, enum rotation_due why, i64 now_s)
{
    enum save_result result = save_close(s);

    if (result != SAVE_OK)
        return result;
    if (why == ROTATION_DONE) {
        console_say(s->console, "Maximum file limit reached: %u\n", s->rotation.files);
        return SAVE_DONE;
    }
    if (!rotation_next(&s->rotation, why, now_s))
        return failed(s, s->options->write_file, ENAMETOOLONG);
    return open_file(s);
}

enum save_result save_tick(struct save *s, i64 now_s)
{
    enum rotation_due due = rotation_due(&s->rotation, 0, now_s);

    return due == ROTATION_STAY ? SAVE_OK : change_file(s, due, now_s);
}

i64 save_deadline(const struct save *s)
{
    if (s->rotation.seconds == 0)
        return INT64_MAX;
    return s->rotation.began_s + (i64)s->rotation.seconds;
}

/* -- packets ----------------------------------------------------------------------------------- */

/* Whether a pcap file's times and link type still fit one interface block of ours. */
static bool same_interface(const struct save *s)
{
    const struct pcapng_interface *i = s->interfaces;

    return i != NULL && i->linktype == s->source->linktype && i->snaplen == s->source->snaplen &&
           i->nano == wants_nano(s);
}

enum save_result save_source(struct save *s, struct source *source)
{
    const struct savefile *from = savefile_of(source);
    bool was_copied = s->ng_output.copied != NULL;

    s->source = source;
    choose_copying(s);
    s->ng_output.copied = from != NULL && from->format == SAVEFILE_PCAPNG ? from : NULL;
    if (!s->ng || s->ng_output.copied != NULL || (!was_copied && same_interface(s)))
        return SAVE_OK; /* pcapng: its section has come as blocks, or is like the last */
    if (!make_interfaces(s, STR_EMPTY))
        return failed(s, s->rotation.name, ENOMEM);
    return ng_output_begin(&s->ng_output, &s->writer) ? SAVE_OK : writer_failed(s);
}

/* Keeps a block for the file that is not open yet. */
static enum save_result keep_early(struct save *s, const struct savefile_block *block)
{
    size_t need = s->early_len + sizeof *block + block->len;

    if (need > s->early_room) {
        size_t room = need * 2;
        u8 *more = realloc(s->early, room);
        if (more == NULL)
            return failed(s, s->options->write_file, ENOMEM);
        s->early = more;
        s->early_room = room;
    }
    memcpy(s->early + s->early_len, block, sizeof *block);
    memcpy(s->early + s->early_len + sizeof *block, block->bytes, block->len);
    s->early_len = need;
    return SAVE_OK;
}

enum save_result save_block(struct save *s, const struct savefile_block *block)
{
    if (!s->ng) {
        if (!is_about_capture(block->type))
            tell_left_out(s);
        return SAVE_OK;
    }
    if (s->writer.fd < 0)
        return keep_early(s, block);
    return ng_output_block(&s->ng_output, &s->writer, block) ? SAVE_OK : writer_failed(s);
}

static enum save_result put_packets(struct save *s, const struct packet *batch, u32 n, u32 *done)
{
    enum write_result result = s->ng ? ng_output_packets(&s->ng_output, &s->writer, batch, n, done)
                                     : pcap_output_packets(&s->pcap, &s->writer, batch, n, done);

    if (likely(result == WRITE_OK))
        return SAVE_OK;
    return result == WRITE_FAILED ? writer_failed(s) : refused(s, result, &batch[*done]);
}

static void look_for_comments(struct save *s, const struct packet *batch, u32 n)
{
    for (u32 i = 0; i < n; i++)
        if (unlikely(batch[i].comment.len > 0))
            tell_left_out(s);
}

/* Bytes that a packet takes in the file. */
static u64 record_size(const struct save *s, const struct packet *p)
{
    if (!s->ng)
        return PCAP_RECORD_LEN + (u64)pcap_data_len(p);
    return ng_output_size(&s->ng_output, p);
}

/* Makes the file ready for one more packet: a new one, or room for it. */
static enum save_result prepare(struct save *s, const struct packet *p, i64 now_s)
{
    u64 size = writer_size(&s->writer), more = record_size(s, p), stop = s->options->stop_bytes;
    enum rotation_due due = rotation_due(&s->rotation, size, now_s);

    if (due != ROTATION_STAY) {
        enum save_result result = change_file(s, due, now_s);
        if (result != SAVE_OK)
            return result;
        size = writer_size(&s->writer);
    }
    if (stop > 0 && s->finished_bytes + size + more > stop)
        return SAVE_DONE;
    return trim(s, size + more);
}

enum save_result save_packets(struct save *s, const struct packet *batch, u32 n, i64 now_s,
                              u32 *saved)
{
    *saved = 0;
    if (s->leaves_out)
        look_for_comments(s, batch, n);
    if (likely(!s->one_by_one))
        return put_packets(s, batch, n, saved);
    for (u32 i = 0; i < n; i++) {
        u32 done;
        enum save_result result = prepare(s, &batch[i], now_s);
        if (result == SAVE_OK)
            result = put_packets(s, &batch[i], 1, &done);
        if (result != SAVE_OK)
            return result;
        ++*saved;
    }
    return SAVE_OK;
}

enum save_result save_flush(struct save *s)
{
    return writer_flush(&s->writer) ? SAVE_OK : writer_failed(s);
}

enum save_result save_settle(struct save *s, bool idle)
{
    return idle || s->options->packet_buffered || !s->writer.regular ? save_flush(s) : SAVE_OK;
}

void save_free(struct save *s)
{
    postrotate_end(&s->post);
    writer_free(&s->writer);
    kept_free(&s->kept);
    free(s->interfaces);
    free(s->early);
}
