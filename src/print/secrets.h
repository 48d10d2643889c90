/*
 * The keys of -E: which encrypted packets each is for.
 *
 * The keys themselves, and what is done with them, are on the other side of a callback; printers
 * only know how many bytes stand around a ciphertext.
 */
#ifndef PRINT_SECRETS_H
#define PRINT_SECRETS_H

#include "base/view.h"

enum secret_use {
    SECRET_FALLBACK, /* ESP that no other secret is for */
    SECRET_ESP,      /* ESP to one address with one SPI */
    SECRET_IKE,      /* what one side of an IKEv2 exchange sends */
};

enum { SECRET_COOKIES = 16 }; /* bytes of both SPIs of IKE, the initiator's first */

struct secret {
    u8 use;             /* enum secret_use */
    u8 version;         /* SECRET_ESP: of `address`, 4 or 6 */
    bool initiator;     /* SECRET_IKE: the side */
    u8 iv_len, icv_len; /* bytes of a message in front of its ciphertext, and behind it */
    u32 spi;            /* SECRET_ESP */
    u8 address[16];
    u8 cookies[SECRET_COOKIES]; /* SECRET_IKE */
};

struct secrets {
    const struct secret *rows; /* of those that fit a packet, the last counts */
    u32 count;
    /*
     * Decrypts `n` bytes with the secret of a row, which says how long `iv` is.  The plaintext is
     * as long, and lives until the packet's text ends.  NULL when it cannot be done.
     */
    const u8 *(*decrypt)(void *context, u32 row, const void *iv, const void *bytes, u32 n);
    void *context;
};

/* The secret for an ESP packet to `destination`, of IP version `version`; NULL when there is none.
 */
const struct secret *secret_for_esp(const struct secrets *s, u32 spi, u8 version,
                                    struct view destination);

/* The secret for a message of IKEv2; `cookies` has SECRET_COOKIES bytes.  NULL: none. */
const struct secret *secret_for_ike(const struct secrets *s, const void *cookies, bool initiator);

/* Whether the initialisation vector and the integrity check value fit into a message. */
bool secret_fits(const struct secret *secret, struct view message);

/* The plaintext of a message that the secret fits: false when it could not be decrypted. */
bool secret_open(const struct secrets *s, const struct secret *secret, struct view message,
                 struct view *plaintext);

#endif
