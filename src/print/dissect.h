/*
 * The context that a printer is handed, and the protocol of truncation.
 *
 * A packet may end anywhere.  The reference reports that in three ways, each with a word here:
 *
 *   a printer looks first          if (!view_has(v, 0, ARP_MIN)) { truncated(d); return; }
 *                                  writes " [|arp]"; the caller carries on
 *   a read fails                   be16_at() and friends yield 0 and seal the text: " [|proto]"
 *                                  is written, everything after it is void
 *   text stands or falls together  group(d) ... group_end(d): a seal in between withdraws it
 *
 * Sealed code runs on zeros to its end, so every loop over a packet must end by itself: it
 * shrinks a view, goes through a walker, or asks repeat(d, i, n) when n came from the packet.
 */
#ifndef PRINT_DISSECT_H
#define PRINT_DISSECT_H

#include "base/out.h"
#include "base/packet.h"
#include "base/view.h"
#include "names/resolver.h"
#include "print/options.h"

struct sessions; /* memory between packets, print/state/sessions.h */
struct registry; /* from ports to printers, print/registry.h */

/* Bump memory for one packet: texts that must outlive a statement.  Never NULL, see scratch_take(). */
enum { SCRATCH_BYTES = 4096 };

struct scratch {
    u32 used;
    char bytes[SCRATCH_BYTES];
};

/* The nearest network header above the payload being printed. */
struct net_info {
    u8 version;         /* 4 or 6; 0 when there is none */
    bool fragment;      /* part of a fragmented datagram */
    u8 hop_limit;       /* TTL or hop limit */
    u8 protocol;        /* protocol or last next-header value */
    struct view header; /* from the first byte of the header on */
    struct view src, dst; /* 4 or 16 address bytes, captured or not */
};

/* How deep tunnels may nest before the rest is not decoded. */
enum { DEPTH_MAX = 32 };

struct dissect {
    struct out *out;
    const struct print_options *opt;
    const struct resolver *names; /* NULL: everything is printed as a number */
    struct sessions *sessions;
    const struct registry *registry;
    const struct packet *packet;
    const char *proto;   /* the name that [|name] would show */
    const u8 *link;      /* of the nearest Ethernet header: destination, then source; NULL: none */
    struct net_info net; /* zero outside a network layer */
    u16 sport, dport;    /* nearest transport header, host byte order */
    u32 link_header_len; /* bytes that -x, -X and -A skip; a seal clears it */
    u8 depth;            /* see descend() */
    bool sealed;         /* a read ran past the capture: the text is final */
    bool abandoned;      /* ... or only until resume() */
    struct scratch scratch;
};

/* Every printer has this shape.  It may rely on nothing about `v`, which may even be empty. */
typedef void printer(struct dissect *d, struct view v);

/* Writes " [|proto]"; printing goes on. */
void truncated(struct dissect *d);

/* Writes " (invalid)"; printing goes on. */
void invalid(struct dissect *d);

/* Ends the packet's text with " [|proto]".  The readers call it; printers rarely need to. */
void seal(struct dissect *d);

/*
 * The same for one printer: " [|proto]" is written, and what the printer still says is void, but its
 * caller carries on as after truncated().  For printers that find out several calls deep; their
 * outermost function calls resume() before it returns.  Text that is sealed already stays so.
 */
void abandon(struct dissect *d);
void resume(struct dissect *d);

/*
 * For the printers that end only their own text when their header is cut, so that the caller
 * carries on: true, and the text is open again, when a read has sealed it since the printer began.
 * Such a printer returns at once when it is called with sealed text, and asks before it hands the
 * payload on.
 */
bool cut_short(struct dissect *d);

/* Text between the two is withdrawn when a seal comes in between.  Groups do not nest. */
void group(struct dissect *d);
void group_end(struct dissect *d);

/* The link header of a packet, whose `n` bytes the dump skips.  Seals, false: not all are captured. */
bool link_header(struct dissect *d, struct view v, u32 n);

/* Loop condition for counts that came from the packet: i < n, and false once sealed. */
static inline bool repeat(const struct dissect *d, u32 i, u32 n) { return i < n && !d->sealed; }

/* Whether at least `level` times -v was given. */
static inline bool verbose(const struct dissect *d, u32 level) { return d->opt->verbosity >= level; }

/*
 * Enters a nested header that could hold itself again (a tunnel).  False, with the text
 * " [nested too deep]", when DEPTH_MAX is reached; otherwise ascend() must follow.
 */
bool descend(struct dissect *d);
void ascend(struct dissect *d);

/*
 * `n` bytes that live until the packet's text ends.  When the scratch is used up the last bytes
 * are handed out again: an old text may then be overwritten, never another memory.
 * n <= SCRATCH_BYTES.
 */
char *scratch_take(struct dissect *d, u32 n);

#endif
