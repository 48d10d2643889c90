/*
 * Writing text about a packet.
 *
 * say() is the normal way: the small printf of base/format.h in which %pI4, %pI6 and %pM print the
 * name that the resolver knows.  Its arguments are read before it writes, so one say() is shown
 * whole or not at all.  The direct writers of base/out.h on d->out are several times as fast and
 * belong in the few printers that see most packets.
 */
#ifndef PRINT_SAY_H
#define PRINT_SAY_H

#include "base/format.h"
#include "print/dissect.h"

void say(struct dissect *d, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * say() for phrases that are made of the packet's fields: a conversion with the modifier l takes one of the
 * places below, an offset in `v`, instead of a value, and %pI4, %pI6 and %pM take AT_ADDRESS().
 *
 *      say_at(d, v, "seq %lu, from %pI4", AT_BE32(SEQUENCE), AT_ADDRESS(SOURCE));
 *
 * It is shown whole or not at all, as say() is; a call is half as long, as nothing is read before it.
 */
void say_at(struct dissect *d, struct view v, const char *fmt, ...) PRINTF_LIKE(3, 4);

enum place_kind { PLACE_U8, PLACE_BE16, PLACE_BE24, PLACE_BE32, PLACE_LE16, PLACE_LE32 };

/* A kind of number above an offset; no packet is as long as the largest. */
#define PLACE_SHIFT 28
#define PLACE_FAR   ((1U << PLACE_SHIFT) - 1)
static ALWAYS_INLINE unsigned long place_of(enum place_kind kind, u32 off)
{
    return (u32)kind << PLACE_SHIFT | (off < PLACE_FAR ? off : PLACE_FAR);
}

#define AT_U8(off)      place_of(PLACE_U8, off)
#define AT_BE16(off)    place_of(PLACE_BE16, off)
#define AT_BE24(off)    place_of(PLACE_BE24, off)
#define AT_BE32(off)    place_of(PLACE_BE32, off)
#define AT_LE16(off)    place_of(PLACE_LE16, off)
#define AT_LE32(off)    place_of(PLACE_LE32, off)
#define AT_ADDRESS(off) ((const void *)(uintptr_t)(u32)(off))

/* say() for text without conversions: a call in files compiled for size, stores in those for speed. */
void say_literal(struct dissect *d, const char *text);
#ifdef __OPTIMIZE_SIZE__
static ALWAYS_INLINE void say_z(struct dissect *d, const char *text) { say_literal(d, text); }
#else
static ALWAYS_INLINE void say_z(struct dissect *d, const char *text) { out_text_z(d->out, text); }
#endif

/* Addresses by name when names are wanted and one is known, as numbers otherwise. */
void say_ip4(struct dissect *d, const void *address); /* 4 bytes */
void say_ip6(struct dissect *d, const void *address); /* 16 bytes */
void say_mac(struct dissect *d, const void *address); /* 6 bytes; with its vendor when names are on */

/* An IPv4 address behind as many blanks as it is narrower than `width`. */
void say_ip4_right(struct dissect *d, const void *address, u32 width);

/* The address at `off`; seals when it is not captured. */
void say_ip4_at(struct dissect *d, struct view v, u32 off);
void say_ip6_at(struct dissect *d, struct view v, u32 off);
void say_mac_at(struct dissect *d, struct view v, u32 off);

/* The `n` bytes at `off` in hexadecimal with colons between them, each sealing when it is not captured. */
void say_colon_hex(struct dissect *d, struct view v, u32 off, u32 n);

/* A port by its service name, or as a number. */
void say_tcp_port(struct dissect *d, u16 port);
void say_udp_port(struct dissect *d, u16 port);

/* A time span in its largest units without gaps, 1y2w3d4h5m6s; 0s for none. */
void say_duration(struct dissect *d, u32 seconds);

/*
 * Bytes of the packet as text, the captured part of the view.  Three spellings exist in the
 * reference for bytes that cannot be printed; each function returns false, and seals nothing, when
 * less than v.len was captured.
 */
bool say_visible(struct dissect *d, struct view v); /* M-x and ^X, as `cat -v` */
bool say_until_nul(struct dissect *d, struct view v); /* the same, ends before a zero byte */
bool say_escaped(struct dissect *d, struct view v); /* \0x1b */

/* v.len bytes in hexadecimal; false, and nothing is written or sealed, when fewer are captured. */
bool say_bytes_hex(struct dissect *d, struct view v);

/* One byte in the first or the third spelling. */
void out_visible(struct out *o, u8 c);
void out_escaped(struct out *o, u8 c);

/* Payload that nobody decodes: a hex dump unless the options ask for none. */
void say_payload(struct dissect *d, struct view v);

#endif
