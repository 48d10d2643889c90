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
#include "print/proto/llc.h"

enum { DESTINATION, SOURCE = 6, TYPE = 12 };

/* After the type of a tag. */
enum { TAG, TAGGED_TYPE = 2, TAG_LEN = 4 };

/* The tag control field, IEEE 802.1Q, figure 9-1. */
enum { TCI_PRIORITY_SHIFT = 13, TCI_DEI = 0x1000, TCI_VID = 0x0fff };

static bool is_vlan(u16 type)
{
    return type == ETHERTYPE_8021Q || type == ETHERTYPE_8021Q9100 || type == ETHERTYPE_8021Q9200 ||
           type == ETHERTYPE_8021QINQ;
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
    say_mac_at(d, v, SOURCE);
    out_text_z(d->out, " > ");
    say_mac_at(d, v, DESTINATION);
    out_text_z(d->out, ", ");
}

/* "ethertype IPv4 (0x0800)", or with -q what fits its style. */
static void say_type(struct dissect *d, u16 type)
{
    struct out *o = d->out;
    const char *name = ethertype_name(type);

    if (d->opt->quick && name != NULL) {
        out_text_z(o, name);
        return;
    }
    out_text_z(o, d->opt->quick ? "Unknown Ethertype (0x" : "ethertype ");
    if (!d->opt->quick) {
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

    if (type != ETHERTYPE_JUMBO && type < inner.len)
        inner = view_clip(inner, type);
    if (d->opt->link_header && type != ETHERTYPE_JUMBO) {
        out_text_z(d->out, "802.3");
        if (!tagged)
            say_length(d, inner.len);
    }
    return llc_frame(d, inner, link, NULL);
}

u32 ether_frame(struct dissect *d, struct view v)
{
    bool heading = d->opt->link_header;

    d->proto = "ether";
    if (!view_has(v, 0, ETHER_HEADER_LEN)) {
        truncated(d);
        return v.cap;
    }
    if (heading)
        say_addresses(d, v);
    u16 type = be16_at(d, v, TYPE);
    struct view inner = view_from(v, ETHER_HEADER_LEN);
    bool tagged = false;

    for (; is_vlan(type); tagged = true) {
        if (!view_has(inner, 0, TAG_LEN)) {
            d->proto = "vlan";
            truncated(d);
            return v.cap;
        }
        if (heading) {
            say_heading(d, type, v.len, tagged);
            say_vlan_tag(d, be16_at(d, inner, TAG));
            out_text_z(d->out, ", ");
        }
        type = be16_at(d, inner, TAGGED_TYPE);
        inner = view_from(inner, TAG_LEN);
    }
    u32 header_len = view_offset(v, inner);
    if (type <= ETHER_LENGTH_MAX || type == ETHERTYPE_JUMBO)
        return header_len + say_llc(d, v, inner, type, tagged);
    if (heading)
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

void print_ether(struct dissect *d, struct view v) { ether_frame(d, v); }

void print_link_ether(struct dissect *d, struct view v)
{
    u32 header_len = ether_frame(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}
