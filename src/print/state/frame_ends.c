/* The table of recent pairs of hardware addresses. */
#include "print/state/frame_ends.h"

#include "base/bytes.h"
#include "base/pen.h"

/* Bits of the number of an entry. */
enum { SLOT_BITS = 4 };

_Static_assert(FRAME_ENDS == 1 << SLOT_BITS, "a slot is an entry");

enum { DESTINATION, SOURCE = 6, REST = 8 };

static void pen_both(char *p, const u8 *addresses)
{
    p = pen_mac(p, addresses + SOURCE);
    p = pen_mac(pen_text(p, " > "), addresses + DESTINATION);
    pen_text(p, ", ");
}

static NOINLINE void write_anew(struct frame_ends_entry *e, char *p, const u8 *addresses)
{
    u64 first = load_be64(addresses);
    u32 rest = load_be32(addresses + REST);
    bool known = e->written && e->first == first && e->rest == rest;

    pen_both(p, addresses);
    if (known)
        pen_both(e->text, addresses);
    e->first = first;
    e->rest = rest;
    e->written = true;
    e->kept = known;
}

char *frame_ends_write(struct frame_ends *f, char *p, const void *addresses)
{
    const u8 *a = addresses;
    u64 first = load_be64(a);
    u32 rest = load_be32(a + REST);
    u64 mixed = (first ^ (u64)rest << 7) * 0x9e3779b97f4a7c15u;
    struct frame_ends_entry *e = &f->entries[mixed >> (64 - SLOT_BITS)];

    if (likely(e->kept && e->first == first && e->rest == rest))
        memcpy(p, e->text, sizeof e->text);
    else
        write_anew(e, p, a);
    return p + FRAME_ENDS_LEN;
}
