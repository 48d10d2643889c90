/* Finding the secret of a packet. */
#include "print/secrets.h"

#include "base/mem.h"

static bool is_for_esp(const struct secret *s, u32 spi, u8 version, struct view destination)
{
    u32 n = version == 4 ? 4 : 16;
    const void *address = view_at(destination, 0, n);

    return s->use == SECRET_ESP && s->spi == spi && s->version == version && address != NULL &&
           memcmp(s->address, address, n) == 0;
}

const struct secret *secret_for_esp(const struct secrets *s, u32 spi, u8 version,
                                    struct view destination)
{
    const struct secret *fallback = NULL;

    for (u32 i = s->count; i > 0; i--) {
        const struct secret *row = &s->rows[i - 1];
        if (is_for_esp(row, spi, version, destination))
            return row;
        if (row->use == SECRET_FALLBACK && fallback == NULL)
            fallback = row;
    }
    return fallback;
}

const struct secret *secret_for_ike(const struct secrets *s, const void *cookies, bool initiator)
{
    for (u32 i = s->count; i > 0; i--) {
        const struct secret *row = &s->rows[i - 1];
        if (row->use == SECRET_IKE && row->initiator == initiator &&
            memcmp(row->cookies, cookies, SECRET_COOKIES) == 0)
            return row;
    }
    return NULL;
}

bool secret_fits(const struct secret *secret, struct view message)
{
    return (u32)secret->iv_len + secret->icv_len <= message.cap;
}

bool secret_open(const struct secrets *s, const struct secret *secret, struct view message,
                 struct view *plaintext)
{
    u32 n = message.cap - secret->iv_len - secret->icv_len;
    const u8 *plain = s->decrypt(s->context, (u32)(secret - s->rows),
                                 view_at(message, 0, secret->iv_len),
                                 view_at(message, secret->iv_len, n), n);

    *plaintext = view_over(plain, n, n);
    return plain != NULL;
}
