/*
 * Domain names in a DNS message.  RFC 1035, sections 3.1 and 4.1.4; RFC 2673 (bit labels).
 *
 * The upper two bits of a length byte tell what follows it:
 *
 *   00  a label of 0..63 bytes; 0 ends the name
 *   11  a pointer: the lower 14 bits of two bytes are an offset in the message
 *   01  an extended label, of which only the bit label (41) was ever defined
 *   10  not assigned
 */
#include "print/proto/dns_name.h"

#include "print/printer.h"

enum { KIND = 0xc0, LABEL = 0x00, POINTER = 0xc0, EXTENDED = 0x40, UNASSIGNED = 0x80,
       OFFSET = 0x3fff };
enum { BIT_LABEL = 1 };

/* The bytes behind the length byte at `at`, or -1 when that is cut or of an unknown kind. */
static i32 label_length(struct view v, u32 at)
{
    int head = view_byte(v, at);

    if (head < 0)
        return -1;
    switch (head & KIND) {
    case LABEL:
    case POINTER: return head;
    case EXTENDED: {
        int bits = view_byte(v, at + 1);
        if ((head & ~KIND) != BIT_LABEL || bits < 0)
            return -1;
        return 1 + (bits == 0 ? 32 : (bits + 7) / 8);
    }
    default: return -1;
    }
}

u32 dns_skip_name(struct view v, u32 at)
{
    for (;;) {
        int head = view_byte(v, at);
        if (head < 0)
            return DNS_BAD;
        if (head == 0)
            return at + 1;
        switch (head & KIND) {
        case POINTER: return at + 2;
        case UNASSIGNED: return DNS_BAD;
        case EXTENDED: {
            i32 length = label_length(v, at);
            if (length < 0)
                return DNS_BAD;
            at += (u32)length + 1;
            break;
        }
        default: at += (u32)head + 1;
        }
    }
}

/* The captured part of `n` bytes; false when that is not all. */
static bool say_bytes(struct dissect *d, struct view v, u32 at, u32 n)
{
    struct view bytes = view_sub(v, at, n);
    const u8 *p = view_at(bytes, 0, bytes.cap);
    u32 plain = 0;

    while (plain < bytes.cap && is_print(p[plain]))
        plain++;
    out_bytes(d->out, p, plain);
    return say_visible(d, view_from(bytes, plain));
}

/* How much of a name is shown (RFC 1035, section 2.3.4: it has 255 bytes at most). */
struct budget {
    u32 left; /* characters */
    bool spent;
};

enum { NAME_MAX_TEXT = 255 };

/* A label of `n` bytes as far as the budget lasts; false when it is not all captured. */
static bool say_label(struct dissect *d, struct view v, u32 at, u32 n, struct budget *b)
{
    u32 shown = n < b->left ? n : b->left;

    b->spent |= shown < n;
    b->left -= shown;
    return say_bytes(d, v, at, shown);
}

/* as tcpdump: the dot behind the last label that fits is shown in any case */
static void say_dot(struct dissect *d, struct budget *b)
{
    if (b->spent)
        return;
    out_char(d->out, '.');
    if (b->left == 0)
        b->spent = true;
    else
        b->left--;
}

/* A string of bits, its length first.  The bytes that label_length() counted may be cut. */
static void say_bit_label(struct dissect *d, struct view v, u32 at)
{
    u32 bits = u8_at(d, v, at);
    if (bits == 0)
        bits = 256;
    u32 left = bits;

    say_z(d, "\\[x");
    for (at++; left > 7; left -= 8)
        say(d, "%02x", u8_at(d, v, at++));
    if (left > 4)
        say(d, "%02x", u8_at(d, v, at) & (0xffu << (8 - left)));
    else if (left > 0)
        say(d, "%1x", u8_at(d, v, at) >> 4 & (0xfu << (4 - left)) & 0xf);
    say(d, "/%u]", bits);
}

/* The length byte at `at`; -1 when it is cut or, with a remark, of an unknown kind. */
static i32 enter_label(struct dissect *d, struct view v, u32 at)
{
    int head = view_byte(v, at);

    if (head >= 0 && (head & KIND) == EXTENDED && (head & ~KIND) != BIT_LABEL)
        say(d, "<ELT %u>", (unsigned)(head & ~KIND));
    if (head >= 0 && (head & KIND) == UNASSIGNED)
        say_z(d, "<BAD LABEL TYPE>");
    return label_length(v, at) < 0 ? -1 : head;
}

u32 dns_say_name(struct dissect *d, struct view v, u32 at)
{
    return dns_say_name_from(d, v, at, 0);
}

u32 dns_say_name_from(struct dissect *d, struct view v, u32 at, u32 base)
{
    u32 start = at;
    u32 lowest = at - base; /* pointers must lead to before all that was read: so this loop ends */
    u32 behind = 0;         /* the first pointer, once there was one */
    struct budget budget = { .left = NAME_MAX_TEXT };
    i32 head = enter_label(d, v, at);

    if (head == 0) {
        out_char(d->out, '.');
        return at + 1;
    }
    while (head > 0) {
        u32 length = (u32)label_length(v, at);
        at++;
        if (at >= v.cap) {
            if (behind != 0)
                return behind;
            /* as tcpdump: a cut here goes unnoticed, except in a name that is just a pointer */
            return at == start + 1 && (head & KIND) == POINTER ? DNS_BAD : v.cap;
        }
        if ((head & KIND) == POINTER) {
            u32 target = ((u32)head << 8 | (u32)view_byte(v, at)) & OFFSET;
            if (behind == 0)
                behind = at + 1;
            if (target >= lowest) {
                say_z(d, "<BAD PTR>");
                return DNS_BAD;
            }
            lowest = target;
            at = base + target;
        } else {
            if ((head & KIND) == EXTENDED)
                say_bit_label(d, v, at);
            else if (!say_label(d, v, at, length, &budget))
                return DNS_BAD;
            say_dot(d, &budget);
            at += length;
        }
        head = enter_label(d, v, at);
    }
    if (head < 0)
        return DNS_BAD;
    if (budget.spent)
        say_z(d, "<DOMAIN NAME TOO LONG>");
    return behind != 0 ? behind : at + 1;
}

u32 dns_say_string(struct dissect *d, struct view v, u32 at)
{
    int length = view_byte(v, at);

    if (length < 0 || !say_bytes(d, v, at + 1, (u32)length))
        return DNS_BAD;
    return at + 1 + (u32)length;
}
