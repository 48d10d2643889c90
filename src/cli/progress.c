/* How far reading has come. */
#include "cli/progress.h"

#include <unistd.h>

#include "base/format.h"

enum {
    PATIENCE_MS = 1000, /* shorter work needs no line */
    INTERVAL_MS = 250,
    MS_PER_SECOND = 1000,
};

bool progress_wanted(const struct console *c, bool shows_text)
{
    return isatty(c->fd) && !(shows_text && isatty(STDOUT_FILENO));
}

void progress_start(struct progress *p, const struct console *c, i64 now_ms)
{
    *p = (struct progress){ .console = c, .start_ms = now_ms, .told_ms = now_ms };
}

/* "412.5 MB", in powers of ten as disks are sold. */
static void put_bytes(struct out *o, u64 bytes)
{
    static const char units[][3] = { "B", "kB", "MB", "GB", "TB" };
    size_t unit = 0;
    u64 tenths = bytes * 10;

    while (tenths >= 10000 && unit + 1 < countof(units)) {
        tenths /= 1000;
        unit++;
    }
    if (unit == 0)
        out_format(o, "%llu B", (unsigned long long)bytes);
    else
        out_format(o, "%llu.%u %s", (unsigned long long)(tenths / 10), (unsigned)(tenths % 10),
                   units[unit]);
}

void progress_line(struct out *o, u64 bytes, u64 total, u64 packets, i64 elapsed_ms)
{
    u64 per_second = bytes * MS_PER_SECOND / (u64)elapsed_ms;

    put_bytes(o, bytes);
    if (total >= bytes && total > 0) {
        out_text_z(o, " of ");
        put_bytes(o, total);
        out_format(o, " (%u %%)", (unsigned)(bytes / ((total + 99) / 100)));
    }
    out_format(o, ", %llu packet%s, ", (unsigned long long)packets, packets == 1 ? "" : "s");
    put_bytes(o, per_second);
    out_text_z(o, "/s");
    if (total >= bytes && per_second > 0)
        out_format(o, ", %llu s left", (unsigned long long)((total - bytes) / per_second));
}

void progress_tell(struct progress *p, u64 bytes, u64 total, u64 packets, i64 now_ms)
{
    char buffer[CONSOLE_PIECE];

    if (p->console == NULL || now_ms - p->told_ms < INTERVAL_MS ||
        now_ms - p->start_ms < PATIENCE_MS)
        return;
    struct out o = console_out(p->console, buffer);
    progress_line(&o, bytes, total, packets, now_ms - p->start_ms);
    out_text_z(&o, "\x1b[K\r");
    out_flush(&o);
    p->told_ms = now_ms;
    p->shown = true;
}

void progress_end(struct progress *p)
{
    if (p->shown)
        console_say(p->console, "\x1b[K");
    p->shown = false;
}
