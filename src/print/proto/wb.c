/*
 * wb, the whiteboard of the Mbone.  Floyd, Jacobson et al., "A Reliable Multicast Framework for
 * Light-weight Sessions and Application Level Framing", 1995; the format as tcpdump tells it.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                             source                            |
 *   |                           time stamp                          |
 *   |             magic             |     type      |     flags     |
 *   +---------------------------------------------------------------+
 *
 * A page is an address and a number; what is drawn on it is a sequence of operations.
 */
#include "print/printer.h"

enum { TYPE = 10, FLAGS, HEADER_LEN };

enum { DRAW, IDENTITY, REPAIR_REQUEST, REPAIR_REPLY, KILL, PAGE_REQUEST, PAGE_REPLY = 7 };

enum { PAGE_LEN = 8 };

/* Whether a message is as long as those of its type; " (invalid)" otherwise. */
static bool is_whole(struct dissect *d, struct view v, u32 n)
{
    if (v.len < n)
        invalid(d);
    return v.len >= n;
}

/* The same, and whether that much is captured. */
static bool has(struct dissect *d, struct view v, u32 n)
{
    return is_whole(d, v, n) && need(d, v, 0, n);
}

/* " address:number", or with something else in front. */
static void say_page(struct dissect *d, const char *before, struct view v)
{
    say_z(d, before);
    say(d, "%pI4:%u", bytes_at(d, v, 0, 4), be32_at(d, v, 4));
}

NAMES(operations,
      (2, "RECT") (3, "LINE") (4, "ML") (5, "DEL") (6, "XFORM") (7, "ELL") (8, "CHAR") (9, "STR")
      (10, "NOP") (11, "PSCODE") (12, "PSCOMP") (13, "REF") (14, "SKIP") (15, "HOLE"));

/* The operations from one number of sequence to another; the last two kinds stand for all up to
 * their time stamp. */
static void say_operations(struct dissect *d, struct view v, u32 first, u32 last)
{
    enum { TIME, LENGTH = 4, KIND = 7, OPERATION_LEN = 8 };
    enum { SKIP = 14, HOLE };

    say_z(d, " <");
    for (u64 at = first; at <= last && !d->sealed; at++) {
        u8 kind = u8_at(d, v, KIND);
        say(d, " %s", name_of(d, &operations.names, kind, "dop-%u!"));
        if (kind == SKIP || kind == HOLE) {
            u32 end = be32_at(d, v, TIME);
            say(d, "%u", end - (u32)at + 1);
            if (end < at || end > last)
                say_z(d, "[|]");
            if (end < at)
                return;
            at = end;
        }
        v = view_from(v, OPERATION_LEN + (be16_at(d, v, LENGTH) + 3u) / 4 * 4);
    }
    say_z(d, " >");
}

/* What is drawn on a page, from one number of sequence to another; the operations with -v. */
static void say_drawing(struct dissect *d, struct view v)
{
    enum { FIRST = PAGE_LEN, LAST = 12, DRAWING_LEN = 16 };
    u32 first = be32_at(d, v, FIRST), last = be32_at(d, v, LAST);

    say_page(d, " ", v);
    say(d, "<%u:%u>", first, last);
    if (verbose(d, 1))
        say_operations(d, view_from(v, DRAWING_LEN), first, last);
}

/* Pages between angle brackets, each of an address and a number. */
static struct view say_list(struct dissect *d, struct view v, u32 n)
{
    for (u32 i = 0; repeat(d, i, n); i++) {
        if (!need(d, v, 0, PAGE_LEN))
            return v;
        say_page(d, i == 0 ? "<" : ",", v);
        v = view_from(v, PAGE_LEN);
    }
    say_z(d, ">");
    return v;
}

static void say_identity(struct dissect *d, struct view v)
{
    enum { MAX_SLOT, MAX_PAGE = 4, SLOT = 12, PAGE = 16, COUNT = 24, FIXED_LEN = 28 };

    if (!is_whole(d, v, FIXED_LEN) || !need(d, v, 0, COUNT))
        return;
    say(d, " %u/", be32_at(d, v, SLOT));
    say_page(d, "", view_from(v, PAGE));
    say(d, " (max %u/", be32_at(d, v, MAX_SLOT));
    say_page(d, "", view_from(v, MAX_PAGE));
    say_z(d, ") ");
    u32 n = be16_at(d, v, COUNT);
    if (!need(d, v, 0, FIXED_LEN))
        return;
    v = view_from(v, FIXED_LEN);
    if (v.len < n * PAGE_LEN) {
        invalid(d);
        return;
    }
    v = say_list(d, v, n);
    if (d->sealed)
        return;
    say_z(d, " \"");
    if (!say_until_nul(d, v)) {
        seal(d);
        return;
    }
    say_z(d, "\"");
}

/* The pages of a slot, several times. */
static void say_page_reply(struct dissect *d, struct view v)
{
    enum { COUNT_LEN = 4, PAGE = 4, COUNT = 12, STATE_LEN = 16 };

    if (!has(d, v, COUNT_LEN))
        return;
    u32 n = be32_at(d, v, 0);
    v = view_from(v, COUNT_LEN);
    for (u32 i = 0; repeat(d, i, n); i++) {
        u32 slot = be32_at(d, v, 0);
        if (!need(d, v, PAGE, PAGE_LEN))
            return;
        say(d, " %u/", slot);
        say_page(d, "", view_from(v, PAGE));
        u32 pages = u8_at(d, v, COUNT);
        if (!need(d, v, 0, STATE_LEN))
            return;
        v = say_list(d, view_from(v, STATE_LEN), pages);
    }
}

void print_wb(struct dissect *d, struct view v)
{
    enum {
        DRAWING_LEN = 16,
        REPAIR_LEN = 20,
        SEQUENCE_FIRST = 12,
        SEQUENCE_LAST = 16,
        SLOT = 8,
        MORE = 12
    };

    d->proto = "wb";
    if (!has(d, v, HEADER_LEN))
        return;
    u8 type = u8_at(d, v, TYPE);
    struct view body = view_from(v, HEADER_LEN);
    say_z(d, u8_at(d, v, FLAGS) != 0 ? "*" : "");
    switch (type) {
    case KILL: say_z(d, " wb-kill"); return;
    case IDENTITY:
        say_z(d, " wb-id:");
        say_identity(d, body);
        return;
    case REPAIR_REQUEST:
        say_z(d, " wb-rreq:");
        if (!has(d, body, REPAIR_LEN))
            return;
        say(d, " please repair %pI4", bytes_at(d, body, 0, 4));
        say_page(d, " ", view_from(body, 4));
        say(d, "<%u:%u>", be32_at(d, body, SEQUENCE_FIRST), be32_at(d, body, SEQUENCE_LAST));
        return;
    case PAGE_REQUEST:
        say_z(d, " wb-preq:");
        if (!is_whole(d, body, DRAWING_LEN) || !need(d, body, 0, MORE))
            return;
        say(d, " need %u/", be32_at(d, body, SLOT));
        say_page(d, "", body);
        need(d, body, 0, DRAWING_LEN);
        return;
    case PAGE_REPLY:
        say_z(d, " wb-prep:");
        say_page_reply(d, body);
        return;
    case REPAIR_REPLY:
        say_z(d, " wb-rrep:");
        if (!has(d, body, REPAIR_LEN))
            return;
        say(d, " for %pI4", bytes_at(d, body, 0, 4));
        say_drawing(d, view_from(body, 4));
        return;
    case DRAW:
        say_z(d, " wb-dop:");
        if (has(d, body, DRAWING_LEN))
            say_drawing(d, body);
        return;
    default:
        say(d, " wb-%u!", type);
        invalid(d);
        return;
    }
}
