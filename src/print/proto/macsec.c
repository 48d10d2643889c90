/*
 * MACsec.  IEEE 802.1AE-2006, clause 9.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |V ES SC SCB E C|AN| short length |         packet number         |
 *   |               |               |                               |
 *   +---------------+---------------+-------------------------------+
 *   |         packet number         |  secure channel 8, with SC    |
 *   +-------------------------------+-------------------------------+
 *   |  secure data, integrity check value 16                        |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/macsec.h"

#include "print/printer.h"

enum { CONTROL, SHORT_LENGTH, PACKET_NUMBER, SCI = 6, SCI_LEN = 8 };

enum { MIN_LEN = 6, CHECK_LEN = 16 };

enum {
    ASSOCIATION = 0x03,
    CHANGED = 0x04,
    ENCRYPTED = 0x08,
    BROADCAST = 0x10,
    CHANNEL = 0x20,
    END_STATION = 0x40,
    VERSION = 0x80
};

enum { SHORT_MAX = 0x3f };

static void say_tag(struct dissect *d, struct view v)
{
    NAMES(flags,
          (ENCRYPTED, "E")
          (CHANGED, "C")
          (END_STATION, "S")
          (BROADCAST, "B")
          (CHANNEL, "I"));
    u8 control = u8_at(d, v, CONTROL), len = u8_at(d, v, SHORT_LENGTH);

    say_at(d, v, "an %u, pn %lu, flags %s", control & ASSOCIATION, AT_BE32(PACKET_NUMBER),
           flags_of(d, &flags.names, control, "", "none"));
    if (len != 0)
        say(d, ", sl %u", len);
    if ((control & CHANNEL) != 0)
        say(d, ", sci %016llx", (unsigned long long)be64_at(d, v, SCI));
    say_z(d, ", ");
}

/*
 * A frame that is not encrypted, less what is no part of it.  False when it is too short.  As
 * tcpdump: so many bytes are taken off what was captured, even when the end was not, and a short
 * length does not keep anybody from reading further.
 */
static bool open_frame(struct view *v, u32 short_len)
{
    if (v->cap < CHECK_LEN || v->len < CHECK_LEN)
        return false;
    struct view inner = view_claim(view_clip(*v, v->cap - CHECK_LEN), v->len - CHECK_LEN);
    if (short_len > inner.len || short_len > inner.cap)
        return false;
    *v = short_len != 0 ? view_claim(inner, short_len) : inner;
    return true;
}

bool macsec_tag(struct dissect *d, struct view *v, struct llc_addresses link, u32 *skipped)
{
    u32 tag_len = MIN_LEN;

    d->proto = "macsec";
    *skipped = v->cap;
    if (!view_has(*v, 0, MIN_LEN) || v->len < MIN_LEN) {
        truncated(d);
        return false;
    }
    u8 control = u8_at(d, *v, CONTROL), short_len = u8_at(d, *v, SHORT_LENGTH);
    if ((control & CHANNEL) != 0) {
        tag_len += SCI_LEN;
        if (!view_has(*v, 0, tag_len) || v->len < tag_len) {
            truncated(d);
            return false;
        }
    }
    if (short_len > SHORT_MAX || (control & VERSION) != 0) {
        invalid(d);
        return false;
    }
    if (d->opt->link_header)
        say_tag(d, *v);
    struct view tag = *v;
    *v = view_from(*v, tag_len);
    if ((control & (ENCRYPTED | CHANGED)) != 0) {
        if (!d->opt->link_header) {
            say(d, "%pM > %pM 802.1AE MACsec, ", link.source, link.destination);
            say_tag(d, tag);
        }
        say_payload(d, *v);
        *skipped = tag_len;
        return false;
    }
    if (!open_frame(v, short_len)) {
        truncated(d);
        return false;
    }
    return true;
}
