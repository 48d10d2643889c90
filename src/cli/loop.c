/* The run loop. */
#include "cli/loop.h"

#include <time.h>

#include "cli/report.h"
#include "cli/run.h"
#include "cli/signals.h"

/*
 * A batch of short packets that are printed stays in the processor's nearest cache; when they are only saved,
 * their bytes are not looked at again, and fewer, larger writes are cheaper.
 */
enum { BATCH = 64, BATCH_SAVED = 256, MS_PER_SECOND = 1000, LONGEST_SLEEP_MS = 3600 * MS_PER_SECOND };

static i64 monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

/* Takes note of how saving went.  False when the run has to end. */
static bool go_on(struct loop *l, enum save_result result)
{
    if (likely(result == SAVE_OK))
        return true;
    l->done = true;
    if (result == SAVE_FAILED)
        l->status = EXIT_WRITE;
    if (result == SAVE_REFUSED)
        l->status = EXIT_ERROR;
    return false;
}

/* What happens to a batch of packets.  False when the run has to end. */
static bool deliver(struct loop *l, const struct packet *batch, u32 n)
{
    u32 saved = n;
    bool more = true;

    if (l->saving) {
        i64 now_s = l->options->rotate_seconds > 0 ? (i64)time(NULL) : 0;
        more = go_on(l, save_packets(l->save, batch, n, now_s, &saved));
    }
    l->captured += saved;
    if (l->showing)
        show_packets(l->show, batch, saved);
    return more && l->show->text.error == 0;
}

/* Lets everybody see what is buffered.  False when the run has to end. */
static bool settle(struct loop *l, bool idle)
{
    if (l->saving && !go_on(l, save_settle(l->save, idle)))
        return false;
    return text_flush(&l->show->text);
}

/* What signals asked for. */
static void heed_signals(struct loop *l)
{
    if (!signals_any())
        return;
    signals_calm();
    if (signals_take_statistics() && l->input->source != NULL)
        report_now(l->console, l->input->source, l->captured);
    if (signals_take_flush() && l->saving)
        go_on(l, save_flush(l->save));
}

/* "Got N" once a second, and a warning as soon as packets are lost. */
static void tell_progress(struct loop *l, i64 now_ms)
{
    struct source *s = l->input->source;

    if (l->progress && now_ms - l->progress_ms >= MS_PER_SECOND) {
        l->progress_ms = now_ms;
        if (l->shown != l->captured)
            console_say(l->console, "Got %llu\r", (unsigned long long)l->captured);
        l->shown = l->captured;
    }
    if (s->losing && now_ms - l->losing_ms >= MS_PER_SECOND) {
        l->losing_ms = now_ms;
        report_losing(l->console, s);
    }
}

/* How long to sleep at most until something is due, in ms; -1: nothing is. */
static int next_due_ms(const struct loop *l)
{
    i64 due_ms = INT64_MAX;

    if (l->progress || l->input->source->losing)
        due_ms = MS_PER_SECOND;
    if (l->saving && save_deadline(l->save) != INT64_MAX) {
        i64 left_ms = (save_deadline(l->save) - (i64)time(NULL)) * MS_PER_SECOND;
        due_ms = left_ms < due_ms ? left_ms : due_ms;
    }
    if (l->end_ms != INT64_MAX) {
        i64 left_ms = l->end_ms - monotonic_ms();
        due_ms = left_ms < due_ms ? left_ms : due_ms;
    }
    if (due_ms == INT64_MAX)
        return -1;
    return due_ms < 0 ? 0 : due_ms < LONGEST_SLEEP_MS ? (int)due_ms : LONGEST_SLEEP_MS;
}

/* Nothing is there just now: sleeps, and does what the clock says.  False when the run has to end.
 */
static bool rest(struct loop *l)
{
    source_wait(l->input->source, next_due_ms(l), signals_wake_fd());
    return !l->saving || go_on(l, save_tick(l->save, (i64)time(NULL)));
}

/* The source has no more packets, or failed. */
static void end_source(struct loop *l, int result)
{
    if (result != SOURCE_FAILED)
        return;
    console_error(l->console, "pcap_loop: %s", l->input->source->err);
    l->status = EXIT_ERROR;
}

/* Whether it is time to stop the source. */
static bool is_over(const struct loop *l)
{
    return signals_stop() > 0 || l->done || (l->end_ms != INT64_MAX && monotonic_ms() >= l->end_ms);
}

/* Opening a file is no time for anything but signals. */
static bool is_opening(const struct loop *l)
{
    return l->input->source == NULL;
}

bool loop_woken(void *loop)
{
    struct loop *l = loop;

    heed_signals(l);
    if (is_opening(l))
        return signals_stop() > 0 || l->status != EXIT_OK;
    if (l->saving)
        go_on(l, save_tick(l->save, (i64)time(NULL)));
    return is_over(l) || l->status != EXIT_OK;
}

int loop_patience(void *loop)
{
    const struct loop *l = loop;

    return is_opening(l) ? -1 : next_due_ms(l);
}

/* How many packets to take at once: no more than --skip passes over, or -c leaves. */
static int appetite(const struct loop *l, u64 left)
{
    u64 skip = l->options->skip - l->skipped;
    u64 batch = l->saving && !l->showing ? BATCH_SAVED : BATCH;
    u64 most = skip > 0 ? skip : l->options->limit > 0 ? left : batch;

    return (int)(most < batch ? most : batch);
}

/* Packets of one source.  False when the run has to end, be it well or not. */
static bool drain_source(struct loop *l)
{
    struct source *s = l->input->source;
    struct packet batch[BATCH_SAVED];
    u64 left = l->options->limit;
    bool stopping = false;

    for (;;) {
        int want = appetite(l, left);
        int n = want > 0 ? source_next(s, batch, want) : SOURCE_END;
        if (n > 0 && l->skipped < l->options->skip) {
            l->skipped += (u64)n;
            show_passed_over(l->show, (u32)n);
        } else if (n > 0) {
            left -= (u64)n; /* counts only when there is a limit */
            if (!deliver(l, batch, (u32)n))
                return false;
        }
        if ((n <= 0 || l->options->packet_buffered || l->input->waits) && !settle(l, n == 0))
            return false;
        if (n < 0) {
            end_source(l, n);
            return n == SOURCE_END && !stopping;
        }
        if (l->progress || s->losing)
            tell_progress(l, monotonic_ms());
        if (unlikely(l->reading.console != NULL))
            progress_tell(&l->reading, source_file_bytes_read(s), l->input->bytes, l->captured,
                          monotonic_ms());
        if (n == 0 && !rest(l))
            return false;
        heed_signals(l);
        if (l->status != EXIT_OK)
            return false;
        if (!stopping && is_over(l)) {
            source_stop(s);
            stopping = true;
        }
    }
}

/* Goes on with the next savefile of -V.  False when there is none, or when it cannot be. */
static bool next_source(struct loop *l)
{
    bool pcap = l->saving && !l->save->ng;
    enum input_more more = input_next(l->input, pcap ? (int)l->save->pcap.header.linktype : -1);

    if (more == INPUT_MORE && filters_attach(l->filters, l->input->source)) {
        show_source(l->show, l->input->source);
        return !l->saving || go_on(l, save_source(l->save, l->input->source));
    }
    if (more != INPUT_END)
        l->status = EXIT_ERROR;
    return false;
}

void loop_run(struct loop *l)
{
    u64 seconds = l->options->stop_seconds;

    l->end_ms = seconds > 0 && seconds < INT64_MAX / MS_PER_SECOND / 2
                    ? monotonic_ms() + (i64)seconds * MS_PER_SECOND
                    : INT64_MAX;
    bool more;
    do {
        progress_start(&l->reading, l->watched ? l->console : NULL, monotonic_ms());
        more = drain_source(l);
        progress_end(&l->reading);
    } while (more && !is_over(l) && next_source(l));
}
