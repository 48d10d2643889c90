/*
 * The secrets of -E: text to keys.
 *
 *     ALGORITHM:KEY                               for ESP that has no secret of its own
 *     SPI@ADDRESS ALGORITHM:KEY                   for ESP with that SPI to that address
 *     ikev2 I|R 0xSPI 0xSPI AUTHENTICATION:KEY ALGORITHM:KEY
 *     file NAME                                   one of these on each line of a file
 *
 * Several are separated by commas or newlines.  Keys are text, or hexadecimal after 0x.  Messages
 * for what cannot be understood are tcpdump's; such a secret is left out.
 */
#ifndef CLI_SECRETS_H
#define CLI_SECRETS_H

#include "cli/cipher.h"
#include "cli/console.h"
#include "print/secrets.h"

struct secret_store {
    struct secrets secrets; /* for the printers */
    struct secret *rows;
    struct cipher **ciphers; /* of each row */
    u32 room;                /* of both */
    u8 *plain;               /* plaintexts of a packet */
    const struct console *console;
    struct cipher *(*open)(const struct cipher_kind *kind, const u8 *key); /* cipher_open() */
    bool failed;                                                           /* for want of memory */
};

/*
 * Reads the secrets in `text` and opens their ciphers.  False, with the reason on the console, for
 * want of memory.  secrets_close() must follow.  The store must not move afterwards.
 */
bool secrets_open(struct secret_store *s, const char *text, const struct console *console);

void secrets_close(struct secret_store *s);

/* The same with another source of ciphers, for tests. */
bool secrets_open_with(struct secret_store *s, const char *text, const struct console *console,
                       struct cipher *(*open)(const struct cipher_kind *kind, const u8 *key));

#endif
