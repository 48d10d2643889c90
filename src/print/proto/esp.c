/*
 * ESP: encrypted payload.  RFC 4303, section 2.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                   security parameters index                   |
 *   |                        sequence number                        |
 *   |              initialisation vector, as the cipher wants       | -+
 *   |              payload                                          |  | encrypted,
 *   |              padding          |  pad length   |  next header  |  | but for the vector
 *   |              integrity check value                            | -+
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/ip.h"
#include "print/secrets.h"

enum { SPI, SEQUENCE = 4, HEADER_LEN = 8 };

enum { TRAILER_LEN = 2 }; /* pad length and next header */

/* What an ESP packet carries, when -E gave the secret for it. */
static void say_decrypted(struct dissect *d, const struct secret *secret, struct view v)
{
    struct view plain;

    if (!secret_fits(secret, v)) {
        truncated(d);
        return;
    }
    if (!descend(d))
        return;
    if (secret_open(d->opt->secrets, secret, v, &plain)) {
        u32 padding = plain.cap < TRAILER_LEN ? 0 : u8_at(d, plain, plain.cap - TRAILER_LEN);
        if (padding + TRAILER_LEN > plain.cap) {
            truncated(d);
        } else {
            say_z(d, ": ");
            ip_demux(d, view_clip(plain, plain.cap - TRAILER_LEN - padding),
                     u8_at(d, plain, plain.cap - 1));
        }
    }
    ascend(d);
}

/* as tcpdump: the trailer is looked for in the first fragment of IPv6, but in none of IPv4 */
static bool complete(struct dissect *d)
{
    enum { IP6_PAYLOAD_LENGTH = 4 };

    if (d->net.version == 6) /* not a jumbogram */
        return be16_at(d, d->net.header, IP6_PAYLOAD_LENGTH) != 0;
    return d->net.version == 4 && !d->net.fragment;
}

void print_esp(struct dissect *d, struct view v)
{
    d->proto = "esp";
    if (v.cap <= HEADER_LEN) { /* as tcpdump: a header without anything behind it is cut */
        truncated(d);
        return;
    }
    u32 spi = be32_at(d, v, SPI);
    say(d, "ESP(spi=0x%08x,seq=0x%x), length %u", spi, be32_at(d, v, SEQUENCE), v.len);
    if (likely(d->opt->secrets == NULL) || !complete(d))
        return;
    const struct secret *secret = secret_for_esp(d->opt->secrets, spi, d->net.version, d->net.dst);
    if (secret != NULL)
        say_decrypted(d, secret, view_from(v, HEADER_LEN));
}
