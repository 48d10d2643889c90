/* The first failure, and how it is shown under the text that caused it. */
#include "base/diag.h"

#include <stdarg.h>

#include "base/format.h"

enum { MESSAGE_MAX = 512, SHOWN_BEFORE = 60, SHOWN_AFTER = 40 };

struct span span_join(struct span a, struct span b)
{
    return (struct span){ a.beg < b.beg ? a.beg : b.beg, a.end > b.end ? a.end : b.end };
}

/* Formats into the arena, cut to MESSAGE_MAX bytes; the format itself when there is no room. */
static struct str keep_text(struct arena *a, const char *fmt, va_list ap)
{
    char buffer[MESSAGE_MAX];
    struct out o = out_fixed(buffer, sizeof buffer);

    out_vformat(&o, NULL, fmt, ap);
    struct str text = out_text(&o);
    char *kept = a != NULL ? arena_take(a, 1, text.len) : NULL;
    if (kept == NULL)
        return str_of(fmt);
    memcpy(kept, text.p, text.len);
    return str_make(kept, text.len);
}

bool diag_fail(struct diag *d, struct span at, const char *fmt, ...)
{
    if (d->set)
        return false;
    va_list ap;
    va_start(ap, fmt);
    d->set = true;
    d->at = at;
    d->what = keep_text(d->text, fmt, ap);
    va_end(ap);
    return false;
}

bool diag_fail_text(struct diag *d, struct span at, struct str what)
{
    if (!d->set) {
        d->set = true;
        d->at = at;
        d->what = what;
    }
    return false;
}

void diag_hint(struct diag *d, const char *fmt, ...)
{
    if (!d->set || d->hint.len > 0)
        return;
    va_list ap;
    va_start(ap, fmt);
    d->hint = keep_text(d->text, fmt, ap);
    va_end(ap);
}

void diag_show(const struct diag *d, struct str source, struct out *to)
{
    size_t beg = d->at.beg < source.len ? d->at.beg : source.len;
    size_t end = d->at.end < source.len ? d->at.end : source.len;
    size_t from = beg, until = beg;

    while (from > 0 && source.p[from - 1] != '\n' && beg - from < SHOWN_BEFORE)
        from--;
    while (until < source.len && source.p[until] != '\n' && until - beg < SHOWN_AFTER)
        until++;
    out_text_z(to, "  ");
    for (size_t i = from; i < until; i++)
        out_char(to, is_print((u8)source.p[i]) ? source.p[i] : source.p[i] == '\t' ? ' ' : '?');
    out_text_z(to, "\n  ");
    out_repeat(to, ' ', beg - from);
    out_char(to, '^');
    for (size_t i = beg + 1; i < end && i < until; i++)
        out_char(to, '~');
    if (d->hint.len > 0) {
        out_text_z(to, "   ");
        out_str(to, d->hint);
    }
    out_char(to, '\n');
}
