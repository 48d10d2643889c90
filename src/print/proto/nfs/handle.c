/*
 * File handles of NFS.  They are opaque to clients (RFC 1813, section 2.3.3): what is inside is
 * the server's own business.  As in the reference, those of some systems of the past are told by
 * their zeros and small lengths, and show device and file number; handles of today mostly do not.
 *
 *    0                   4                   8                   12
 *   +-------------------+-------------------+-------------------+-------------------+
 *   |      device       |  kind of system   | length |          |    file number    |
 *   +-------------------+-------------------+-------------------+-------------------+
 */
#include "print/proto/nfs/nfs.h"

enum { SHORTEST = 16, VMS_SHORTEST = 28, LONGEST_SHOWN = 32, WORD = 4 };

struct handle {
    u32 major, minor, file;
};

static bool zero(struct view v, u32 at, u32 n)
{
    for (u32 i = 0; i < n; i++)
        if (view_byte(v, at + i) != 0)
            return false;
    return true;
}

/* UCX on VMS: a name, filled up with zeros if need be, in bytes 1 to 13. */
static bool is_vms(struct view v)
{
    bool filling = false;

    if (v.len < VMS_SHORTEST)
        return false;
    for (u32 i = 1; i < 14; i++) {
        int c = view_byte(v, i);
        if (c == 0)
            filling = true;
        else if (filling || c < 0 || !is_print((u8)c))
            return false;
    }
    return true;
}

/* The device number comes first and is big-endian: SunOS 4, IRIX, AIX and others. */
static struct handle big_endian(struct dissect *d, struct view v)
{
    struct handle h = { u8_at(d, v, 2), u8_at(d, v, 3), be32_at(d, v, 12) };

    if (h.major == 0 && h.minor == 0) { /* the device is behind it */
        h.major = u8_at(d, v, 6);
        h.minor = u8_at(d, v, 7);
    } else if (be32_at(d, v, 4) == 8u << 16) { /* IRIX 4 */
        h.file = be32_at(d, v, 8);
    }
    return h;
}

/* The 14 and 18 bits of a device number of SunOS 5. */
static struct handle sunos5(struct dissect *d, struct view v)
{
    u32 device = be32_at(d, v, 0);

    return (struct handle){ device >> 18, device & 0x3ffff, be32_at(d, v, 12) };
}

/* Little-endian, with lengths of 12 bytes: 12 and 20 bits. */
static struct handle little_endian_wide(struct dissect *d, struct view v)
{
    u32 device = le32_at(d, v, 0);

    return (struct handle){ device >> 20, device & 0xfffff, le32_at(d, v, 12) };
}

/* False when nothing is known about the handle; v.len is its length. */
static bool decode(struct dissect *d, struct view v, struct handle *h)
{
    bool wide = le16_at(d, v, 8) == 12;

    if (zero(v, 0, 2)) {
        bool is_wide = wide && !zero(v, 2, 2) && !zero(v, 4, 1) && zero(v, 5, 1);
        *h = is_wide ? little_endian_wide(d, v) : big_endian(d, v);
        return true;
    }
    if (zero(v, 2, 2)) {
        *h = (struct handle){ u8_at(d, v, 1), u8_at(d, v, 0), le32_at(d, v, 12) };
        if (zero(v, 6, 2)) /* BSD 4.4, OSF/1 */
            return true;
        if (zero(v, 21, 1) && zero(v, 23, 1)) { /* Ultrix */
            h->file = le32_at(d, v, 4);
            return true;
        }
        *h = sunos5(d, v);
        return u8_at(d, v, 9) == 10;
    }
    if (wide) {
        *h = little_endian_wide(d, v);
        return true;
    }
    if (be16_at(d, v, 8) != 10)
        return false;
    *h = zero(v, 4, 4) ? (struct handle){ u8_at(d, v, 0), be24_at(d, v, 1), be32_at(d, v, 12) } /* HP-UX 9 */
                       : sunos5(d, v);
    return true;
}

/* as tcpdump: of a name as many letters are shown as the handle has words, up to the first blank */
static void say_system(struct dissect *d, struct view name, u32 words)
{
    say_z(d, " fh ");
    for (u32 i = 0; i < words && view_byte(name, i) > 0 && view_byte(name, i) != ' '; i++)
        out_char(d->out, (char)view_byte(name, i));
    say_z(d, "/");
}

static void say_unknown(struct dissect *d, struct view v, u32 words)
{
    static const char unknown[] = "Unknown";

    say_system(d, view_over(unknown, sizeof unknown - 1, sizeof unknown - 1), words);
    for (u32 i = 0; i < words * WORD && i < LONGEST_SHOWN; i++)
        say_at(d, v, "%02lX", AT_U8(i));
}

/* What -u asks for. */
static void say_raw(struct dissect *d, struct view v, u32 words)
{
    say_z(d, " fh[");
    for (u32 i = 0; repeat(d, i, words); i++)
        say_at(d, v, "%s%lx", i == 0 ? "" : ":", AT_BE32(i * WORD));
    say_z(d, "]");
}

static void say_handle(struct dissect *d, struct view v)
{
    u32 words = v.len / WORD;
    struct handle h;

    if (d->opt->raw_nfs_handles)
        say_raw(d, v, words);
    else if (v.len < SHORTEST)
        say_unknown(d, v, words);
    else if (decode(d, v, &h))
        say(d, " fh %u,%u/%u", h.major, h.minor, h.file);
    else if (!zero(v, 2, 2) && is_vms(v)) {
        say_system(d, view_from(v, 1), words);
        say(d, "%u", (u32)be16_at(d, v, 26) << 16 | (u32)u8_at(d, v, 23) << 8 | u8_at(d, v, 22));
    } else
        say_unknown(d, v, words);
}

void nfs_say_handle(struct dissect *d, struct view *v, bool v3)
{
    enum { V2_HANDLE = 32 };
    u32 len = v3 ? xdr_u32(d, v) : V2_HANDLE;
    if (!want(d, *v, 0, len))
        return;
    say_handle(d, view_clip(*v, len));
    *v = view_from(*v, len / WORD * WORD); /* as tcpdump: not rounded up */
}
