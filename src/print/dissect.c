/* The truncation protocol, nesting, and scratch memory. */
#include "print/dissect.h"

#include "base/check.h"
#include "print/read.h"

void truncated(struct dissect *d)
{
    out_text_z(d->out, " [|");
    out_text_z(d->out, d->proto);
    out_char(d->out, ']');
}

void invalid(struct dissect *d) { out_text_z(d->out, " (invalid)"); }

COLD void seal(struct dissect *d)
{
    if (d->sealed)
        return;
    out_withdraw(d->out); /* an unfinished group never was */
    truncated(d);
    out_shut(d->out);
    d->sealed = true;
    d->link_header_len = 0; /* as tcpdump: the dump of a cut packet begins with the link header */
}

bool cut_short(struct dissect *d)
{
    if (!d->sealed)
        return false;
    d->sealed = false;
    out_open(d->out);
    return true;
}

void abandon(struct dissect *d)
{
    u32 link_header_len = d->link_header_len;

    if (d->sealed)
        return;
    seal(d);
    d->link_header_len = link_header_len;
    d->abandoned = true;
}

void resume(struct dissect *d)
{
    if (!d->abandoned)
        return;
    d->abandoned = false;
    cut_short(d);
}

bool link_header(struct dissect *d, struct view v, u32 n)
{
    if (!need(d, v, 0, n))
        return false;
    d->link_header_len += n;
    return true;
}

void group(struct dissect *d) { out_hold(d->out); }

void group_end(struct dissect *d) { out_settle(d->out); }

bool descend(struct dissect *d)
{
    if (d->depth >= DEPTH_MAX) {
        out_text_z(d->out, " [nested too deep]");
        return false;
    }
    d->depth++;
    return true;
}

void ascend(struct dissect *d) { d->depth--; }

char *scratch_take(struct dissect *d, u32 n)
{
    struct scratch *s = &d->scratch;

    check(n <= SCRATCH_BYTES);
    if (n > SCRATCH_BYTES - s->used)
        return s->bytes + SCRATCH_BYTES - n;
    char *taken = s->bytes + s->used;
    s->used += n;
    return taken;
}

const void *bytes_at(struct dissect *d, struct view v, u32 off, u32 n)
{
    static const u8 zeros[BYTES_AT_MAX];
    const void *p = view_at(v, off, n);

    check(n <= BYTES_AT_MAX);
    if (p != NULL)
        return p;
    seal(d);
    return zeros;
}
