/* What a capture says about itself. */
#include "cli/report.h"

static void put_interface(struct out *o, const struct source_interface *i)
{
    const struct linktype_info *info = linktype_info(i->linktype);

    out_format(o, "listening on %s, link-type ", i->name);
    if (info != NULL)
        out_format(o, "%s (%s)", linktype_name(info), linktype_text(info));
    else
        out_dec(o, i->linktype);
    out_format(o, ", snapshot length %u bytes\n", i->snaplen);
}

void report_listening(const struct console *c, const struct source *s, bool hint)
{
    char buffer[CONSOLE_PIECE];
    struct out o = console_out(c, buffer);

    out_format(&o, "%s: ", c->program);
    if (hint)
        out_text_z(&o, "verbose output suppressed, use -v[v]... for full protocol decode\n");
    for (u32 i = 0; i < s->interface_count; i++)
        put_interface(&o, &s->interfaces[i]);
    out_flush(&o);
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
