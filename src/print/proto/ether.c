/*
 * Ethernet II and IEEE 802.3 frames with their VLAN tags.  RFC 894, RFC 1042; IEEE 802.1Q,
 * clause 9.6.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                      destination address                      |
 *   +                               +-------------------------------+
 *   |                               |         source address        |
 *   +-------------------------------+                               +
 *   |                                                               |
 *   +-------------------------------+-------------------------------+
 *   |         type or length        |  after a VLAN type: PCP, DEI, VID; next type ...
 *   +-------------------------------+
 */
#include "print/proto/ether.h"

#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/arista.h"
#include "print/proto/llc.h"
#include "print/proto/macsec.h"
#include "print/state/sessions.h"

enum { DESTINATION, SOURCE = 6, TYPE = 12, TYPE_LEN = 2 };

/* After the type of a tag. */
enum { TAG, TAGGED_TYPE = 2, TAG_LEN = 4 };

/* The tag control field, IEEE 802.1Q, figure 9-1. */
enum { TCI_PRIORITY_SHIFT = 13, TCI_DEI = 0x1000, TCI_VID = 0x0fff };

static bool is_vlan(u16 type)
{
    return type == ETHERTYPE_8021Q || type == ETHERTYPE_8021Q9100 || type == ETHERTYPE_8021Q9200 ||
           type == ETHERTYPE_8021QINQ;
}

/* Whether a header of say_tags() begins with the type. */
static bool is_tag(u16 type)
{
    return is_vlan(type) || type == ETHERTYPE_MACSEC || type == ETHERTYPE_ARISTA;
}

void say_vlan_tag(struct dissect *d, u16 tci)
{
    struct out *o = d->out;

    out_text_z(o, "vlan ");
    out_dec(o, tci & TCI_VID);
    out_text_z(o, ", p ");
    out_dec(o, (u32)tci >> TCI_PRIORITY_SHIFT);
    if ((tci & TCI_DEI) != 0)
        out_text_z(o, ", DEI");
}

static void say_addresses(struct dissect *d, struct view v)
{
    if (d->opt->numeric && out_room(d->out, FRAME_ENDS_TEXT)) {
        d->out->pos = frame_ends_write(&d->sessions->frame_ends, d->out->pos,
                                       bytes_at(d, v, DESTINATION, 2 * ETHER_ADDR_LEN));
        return;
    }
    say_mac_at(d, v, SOURCE);
    out_text_z(d->out, " > ");
    say_mac_at(d, v, DESTINATION);
    out_text_z(d->out, ", ");
}

/* "ethertype IPv4 (0x0800)", or with -q what fits its style. */
static void say_type(struct dissect *d, u16 type)
{
    struct out *o = d->out;

    if (likely(type == ETHERTYPE_IP && !d->opt->quick)) {
        out_text_z(o, "ethertype IPv4 (0x0800)");
        return;
    }
    if (type == ETHERTYPE_IPV6 && !d->opt->quick) {
        out_text_z(o, "ethertype IPv6 (0x86dd)");
        return;
    }
    const char *name = ethertype_name(type);
    if (d->opt->quick && name != NULL) {
        out_text_z(o, name);
        return;
    }
    if (d->opt->quick) {
        out_text_z(o, "Unknown Ethertype (0x");
    } else {
        out_text_z(o, "ethertype ");
        out_text_z(o, name != NULL ? name : "Unknown");
        out_text_z(o, " (0x");
    }
    out_hex_pad(o, type, 4);
    out_char(o, ')');
}

static void say_length(struct dissect *d, u32 length)
{
    out_text_z(d->out, ", length ");
    out_dec(d->out, length);
    out_text_z(d->out, ": ");
}

/* What stands before the payload: once for a plain frame, once for each tag of another. */
static void say_heading(struct dissect *d, u16 type, u32 length, bool tagged)
{
    say_type(d, type);
    if (tagged)
        out_text_z(d->out, ", ");
    else
        say_length(d, length);
}

/* The LLC frame `inner` of a frame `v` that gives its length, or has a type that stands for one. */
static u32 say_llc(struct dissect *d, struct view v, struct view inner, u16 type, bool tagged)
{
    const struct llc_addresses link = { view_at(v, SOURCE, ETHER_ADDR_LEN),
                                        view_at(v, DESTINATION, ETHER_ADDR_LEN) };

    inner = view_clip(inner, type != ETHERTYPE_JUMBO && type < inner.len ? type : inner.len);
    if (d->opt->link_header && type != ETHERTYPE_JUMBO) {
        out_text_z(d->out, "802.3");
        if (!tagged)
            say_length(d, inner.len);
    }
    return llc_frame(d, inner, link, NULL);
}

/* Where we are among the headers of a frame. */
struct ether {
    struct view frame, inner; /* the whole, and what has not been printed */
    u16 type;                 /* of `inner` */
    bool tagged;              /* the heading has been said */
    u32 header_len;           /* for the dump, when the frame ends at a tag */
};

/* A VLAN tag.  False when it is cut. */
static bool say_vlan(struct dissect *d, struct ether *e)
{
    if (!view_has(view_clip(e->inner, e->inner.len), 0, TAG_LEN)) {
        d->proto = "vlan";
        truncated(d);
        return false;
    }
    if (d->opt->link_header) {
        say_heading(d, e->type, e->frame.len, e->tagged);
        say_vlan_tag(d, be16_at(d, e->inner, TAG));
        out_text_z(d->out, ", ");
    }
    e->tagged = true;
    e->type = be16_at(d, e->inner, TAGGED_TYPE);
    e->inner = view_from(e->inner, TAG_LEN);
    return true;
}

/* A MACsec tag.  False when the frame is encrypted, or cut. */
static bool say_macsec(struct dissect *d, struct ether *e)
{
    const struct llc_addresses link = { view_at(e->frame, SOURCE, ETHER_ADDR_LEN),
                                        view_at(e->frame, DESTINATION, ETHER_ADDR_LEN) };
    u32 at = view_offset(e->frame, e->inner), skipped;

    if (d->opt->link_header)
        say_heading(d, e->type, e->frame.len, e->tagged);
    e->tagged = true;
    if (!macsec_tag(d, &e->inner, link, &skipped)) {
        e->header_len = at + skipped;
        return false;
    }
    e->header_len = view_offset(e->frame, e->inner);
    d->proto = "ether";
    if (!need(d, e->inner, 0, TYPE_LEN))
        return false;
    if (e->inner.len < TYPE_LEN) {
        say(d, " [caplen %u < %u]", e->inner.len, (unsigned)TYPE_LEN);
        return false;
    }
    e->type = be16_at(d, e->inner, 0);
    e->inner = view_from(e->inner, TYPE_LEN);
    return true;
}

/* Headers between the addresses and the payload.  False when the frame ends there. */
static bool say_tags(struct dissect *d, struct ether *e)
{
    if (e->type == ETHERTYPE_MACSEC && !say_macsec(d, e))
        return false;
    for (;;) {
        if (is_vlan(e->type)) {
            if (!say_vlan(d, e))
                return false;
        } else if (e->type == ETHERTYPE_ARISTA) {
            if (!view_has(e->inner, 0, ARISTA_MIN)) {
                out_text_z(d->out, "[|arista]");
                return false;
            }
            say_heading(d, e->type, e->frame.len, false);
            u32 size = arista_timestamp(d, e->inner);
            if (size == 0)
                return true;
            out_text_z(d->out, ": ");
            e->tagged = false;
            e->type = be16_at(d, e->inner, size);
            e->inner = view_from(e->inner, size + TYPE_LEN);
        } else {
            return true;
        }
    }
}

/* A frame with the tag of a switch, or NULL, between its addresses and the type. */
static SPEED_INLINE u32 say_frame(struct dissect *d, struct view v, const struct switch_tag *tag)
{
    bool heading = d->opt->link_header;
    u32 tag_len = tag != NULL ? tag->len : 0;

    d->proto = tag != NULL ? tag->proto : "ether";
    if (unlikely(v.len < v.cap)) {
        say(d, "[length %u < caplen %u]", v.len, v.cap);
        invalid(d);
        return v.len;
    }
    if (!view_has(v, 0, ETHER_HEADER_LEN + tag_len)) {
        truncated(d);
        return v.cap;
    }
    d->link = view_at(v, DESTINATION, 2 * ETHER_ADDR_LEN);
    if (heading)
        say_addresses(d, v);
    if (tag != NULL)
        tag->say(d, view_from(v, TYPE));
    struct view inner = view_from(v, ETHER_HEADER_LEN + tag_len);
    u16 type = be16_at(d, v, TYPE + tag_len);
    bool tagged = false;
    if (type != ETHERTYPE_IP && is_tag(type)) {
        struct ether e = { v, inner, type, false, v.cap };
        if (!say_tags(d, &e))
            return e.header_len;
        inner = e.inner;
        type = e.type;
        tagged = e.tagged;
    }
    u32 header_len = view_offset(v, inner);
    if (type <= ETHER_LENGTH_MAX || type == ETHERTYPE_JUMBO)
        return header_len + say_llc(d, v, inner, type, tagged);
    if (heading && type != ETHERTYPE_ARISTA)
        say_heading(d, type, v.len, tagged);
    if (!dispatch_ether(d, type, inner)) {
        if (!heading) {
            say_addresses(d, v);
            say_heading(d, type, v.len, false);
        }
        say_payload(d, inner);
    }
    return header_len;
}

static NOINLINE u32 say_any_frame(struct dissect *d, struct view v, const struct switch_tag *tag)
{
    return say_frame(d, v, tag);
}

u32 ether_frame(struct dissect *d, struct view v) { return say_any_frame(d, v, NULL); }

void print_link_ether(struct dissect *d, struct view v)
{
    u32 header_len = say_frame(d, v, NULL);

    if (!d->sealed)
        d->link_header_len += header_len;
}

void ether_switched(struct dissect *d, struct view v, const struct switch_tag *tag)
{
    u32 header_len = say_any_frame(d, v, tag);

    if (!d->sealed)
        d->link_header_len += header_len;
}

void print_ether(struct dissect *d, struct view v) { ether_frame(d, v); }
