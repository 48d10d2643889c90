/* Saving packets to one file after another. */
#include "cli/save.h"

#include <errno.h>
#include <string.h>

static COLD enum save_result failed(const struct save *s, int error)
{
    const char *name = s->rotation.name;

    console_error(s->console, "%s: %s", strcmp(name, "-") == 0 ? "standard output" : name,
                  strerror(error));
    return SAVE_FAILED;
}

static enum save_result open_file(struct save *s)
{
    return writer_open(&s->writer, s->rotation.name, &s->header) ? SAVE_OK
                                                                 : failed(s, s->writer.error);
}

enum save_result save_open(struct save *s, const struct options *options,
                           const struct pcap_header *header, struct postrotate post, i64 now_s,
                           const struct console *console)
{
    *s = (struct save){
        .rotation = { .pattern = options->write_file,
                      .bytes = options->rotate_bytes,
                      .seconds = options->rotate_seconds,
                      .files = options->file_count },
        .header = *header,
        .rotates = options->rotate_bytes > 0 || options->rotate_seconds > 0,
        .each_packet = options->packet_buffered,
        .post = post,
        .console = console,
    };
    if (!writer_init(&s->writer))
        return failed(s, ENOMEM);
    if (!rotation_start(&s->rotation, now_s))
        return failed(s, ENAMETOOLONG);
    return open_file(s);
}

static COLD enum save_result change_file(struct save *s, enum rotation_due why, i64 now_s)
{
    if (save_close(s) == SAVE_FAILED)
        return SAVE_FAILED;
    if (why == ROTATION_DONE) {
        console_say(s->console, "Maximum file limit reached: %u\n", s->rotation.files);
        return SAVE_DONE;
    }
    if (!rotation_next(&s->rotation, why, now_s))
        return failed(s, ENAMETOOLONG);
    return open_file(s);
}

void save_source(struct save *s, const struct savefile *from)
{
    s->writer.copies = from != NULL && from->format == SAVEFILE_PCAP &&
                       from->nano == s->header.nano;
}

/* One by one, because each may be the first of a new file. */
static enum save_result save_rotating(struct save *s, const struct packet *batch, u32 n, i64 now_s,
                                      u32 *saved)
{
    for (u32 i = 0; i < n; i++) {
        enum rotation_due due = rotation_due(&s->rotation, writer_size(&s->writer), now_s);
        if (unlikely(due != ROTATION_STAY)) {
            enum save_result result = change_file(s, due, now_s);
            if (result != SAVE_OK)
                return result;
        }
        if (unlikely(!writer_packets(&s->writer, &batch[i], 1)))
            return failed(s, s->writer.error);
        ++*saved;
    }
    return SAVE_OK;
}

enum save_result save_packets(struct save *s, const struct packet *batch, u32 n, i64 now_s,
                              u32 *saved)
{
    *saved = 0;
    if (s->rotates)
        return save_rotating(s, batch, n, now_s, saved);
    u64 before = s->writer.packets;
    bool whole = writer_packets(&s->writer, batch, n);
    *saved = (u32)(s->writer.packets - before);
    return likely(whole) ? SAVE_OK : failed(s, s->writer.error);
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

enum save_result save_flush(struct save *s)
{
    return writer_flush(&s->writer) ? SAVE_OK : failed(s, s->writer.error);
}

enum save_result save_settle(struct save *s)
{
    return s->each_packet || !s->writer.regular ? save_flush(s) : SAVE_OK;
}

enum save_result save_close(struct save *s)
{
    if (s->writer.fd < 0)
        return SAVE_OK;
    if (!writer_close(&s->writer))
        return failed(s, s->writer.error);
    if (s->post.fd >= 0 && !postrotate_file(&s->post, s->rotation.name))
        console_warning(s->console, "the command for %s was not started: %s", s->rotation.name,
                        strerror(errno));
    return SAVE_OK;
}

void save_free(struct save *s)
{
    writer_free(&s->writer);
}
