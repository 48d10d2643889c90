/*
 * Who started the last negotiations of IKE version 1: its messages do not say it themselves.
 *
 * The first message of a negotiation has no responder cookie; its sender is the initiator.  As in
 * the reference, 20 negotiations are remembered.
 */
#ifndef PRINT_STATE_ISAKMP_PEERS_H
#define PRINT_STATE_ISAKMP_PEERS_H

#include "base/types.h"

enum { ISAKMP_PEERS_MAX = 20, ISAKMP_COOKIE_LEN = 8 };

/* The addresses of a message; with `version` 4 the first 4 bytes count, with 6 all. */
struct isakmp_hosts {
    u8 version; /* 0: nothing is known */
    u8 src[16], dst[16];
};

/* Start with zero; only isakmp_peers.c looks inside. */
struct isakmp_peers {
    struct {
        u8 cookie[ISAKMP_COOKIE_LEN]; /* of the initiator */
        struct isakmp_hosts hosts;    /* src is the initiator */
    } entries[ISAKMP_PEERS_MAX];
    u32 next; /* the entry that is given away next */
};

enum isakmp_side { ISAKMP_UNKNOWN, ISAKMP_INITIATOR, ISAKMP_RESPONDER };

/*
 * Who sent a message with the given initiator cookie.  `first` says that it is the first of its
 * negotiation, which is then remembered unless its cookie is known already.
 */
enum isakmp_side isakmp_sender(struct isakmp_peers *p, const u8 cookie[ISAKMP_COOKIE_LEN],
                               const struct isakmp_hosts *hosts, bool first);

#endif
