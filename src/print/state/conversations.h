/*
 * What is known of the two ends of recent packets: their text, and their TCP flow.
 *
 * Packets of two ends come in runs, and to write addresses and ports as numbers takes a tenth of the time of
 * a line, with IPv6 a third.  Each pair of ends has one place in a small table; who comes later takes it,
 * which costs time only.  The text is kept when ends are written for the second time, or at once when they
 * are likely to come again: many come only once, and bytes that have just been stored are slow to copy.
 */
#ifndef PRINT_STATE_CONVERSATIONS_H
#define PRINT_STATE_CONVERSATIONS_H

#include "base/mem.h"
#include "base/types.h"
#include "print/state/tcp_flow.h"

enum {
    CONVERSATIONS = 64,
    ENDS_TEXT_IP4 = 48,  /* no text with IPv4 addresses is longer, */
    ENDS_TEXT_MAX = 112, /* none at all; multiples of 16, as that is quick to copy */
};

/* The ends of packets in one direction. */
struct conversation {
    u64 hosts[4];               /* bytes of the addresses, the source first; of IPv4 only eight */
    u64 ports;                  /* with the IP version above them, the source's above the destination's */
    struct tcp_flow_place flow; /* zero until somebody has looked for it */
    bool reversed;              /* the flow has the source second */
    bool written;               /* the ends have been written once, */
    u8 text_len;                /* and again, so that the text was kept; else 0 */
    char text[ENDS_TEXT_MAX];   /* "10.0.0.1.443 > 10.0.0.2.50000: " */
};

/* Start with zero. */
struct conversations {
    struct conversation entries[CONVERSATIONS];
};

/*
 * The entry of the ends of a packet, made if need be.  `hosts` are the addresses as both versions of IP have
 * them, the source and behind it the destination, of 4 bytes with `version` 4 and of 16 with 6; ports are in
 * host byte order.  Valid until the next call.
 */
struct conversation *conversation_find(struct conversations *t, u8 version, const void *hosts, u16 sport,
                                       u16 dport);

/* conversation_text() while no text is kept. */
/* The text anew, which is kept when it was written before; part of conversation_text(). */
char *conversation_write(struct conversation *c, char *p, bool often);

/*
 * The text of the ends at `p`, where there must be ENDS_TEXT_MAX bytes; returns its end.  `often` says that
 * they will come again: then the text is kept at once.
 */
static inline char *conversation_text(struct conversation *c, char *p, bool often)
{
    if (unlikely(c->text_len == 0))
        return conversation_write(c, p, often);
    memcpy(p, c->text, ENDS_TEXT_IP4);
    if (c->text_len > ENDS_TEXT_IP4)
        memcpy(p + ENDS_TEXT_IP4, c->text + ENDS_TEXT_IP4, ENDS_TEXT_MAX - ENDS_TEXT_IP4);
    return p + c->text_len;
}

#endif
