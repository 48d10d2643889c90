/* What a capture says about itself. */
#include "cli/report.h"

void report_listening(const struct console *c, const struct source *s, bool hint)
{
    const struct linktype_info *info = linktype_info(s->linktype);
    const char *device = s->interface_count > 0 ? s->interfaces[0].name : "";

    if (hint)
        console_error(c, "verbose output suppressed, use -v[v]... for full protocol decode");
    else
        console_say(c, "%s: ", c->program);
    console_say(c, "listening on %s, link-type ", device);
    if (info != NULL)
        console_say(c, "%s (%s)", info->name, info->text);
    else
        console_say(c, "%u", (unsigned)s->linktype);
    console_say(c, ", snapshot length %u bytes\n", s->snaplen);
}

static const char *plural(u64 n)
{
    return n == 1 ? "" : "s";
}

static void report_counts(const struct console *c, struct source *s, u64 captured,
                          const char *between)
{
    char buffer[CONSOLE_PIECE];
    struct source_stats stats;
    struct out o = console_out(c, buffer);

    if (!source_stats(s, &stats))
        return;
    out_format(&o, "%llu packet%s captured%s", (unsigned long long)captured, plural(captured),
               between);
    out_format(&o, "%llu packet%s received by filter%s", (unsigned long long)stats.received,
               plural(stats.received), between);
    out_format(&o, "%llu packet%s dropped by kernel", (unsigned long long)stats.dropped,
               plural(stats.dropped));
    if (stats.dropped_by_interface > 0)
        out_format(&o, "%s%llu packet%s dropped by interface", between,
                   (unsigned long long)stats.dropped_by_interface,
                   plural(stats.dropped_by_interface));
    out_char(&o, '\n');
    out_flush(&o);
}

void report_end(const struct console *c, struct source *s, u64 captured)
{
    report_counts(c, s, captured, "\n");
}

void report_now(const struct console *c, struct source *s, u64 captured)
{
    console_say(c, "%s: ", c->program);
    report_counts(c, s, captured, ", ");
}

void report_losing(const struct console *c, struct source *s)
{
    struct source_stats stats;

    if (source_stats(s, &stats))
        console_warning(c, "%llu packet%s dropped by kernel so far, a larger buffer (-B) may help",
                        (unsigned long long)stats.dropped, plural(stats.dropped));
}
