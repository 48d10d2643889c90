/*
 * DTP: Cisco's dynamic trunking protocol, known from what switches send.
 *
 *   version 8; then type 16, length 16 of all, value
 */
#include "base/ethertype.h"
#include "print/printer.h"

enum { VERSION, HEADER_LEN };

enum { TLV_TYPE, TLV_LENGTH = 2, TLV_HEADER_LEN = 4 };

enum tlv { END, DOMAIN, STATUS, DTP_TYPE, NEIGHBOR };

NAMES(tlvs, (DOMAIN, "Domain") (STATUS, "Status") (DTP_TYPE, "DTP type") (NEIGHBOR, "Neighbor"));

/* The value of a TLV.  False when it has not the length of its type. */
static bool say_value(struct dissect *d, u16 type, struct view v)
{
    switch (type) {
    case DOMAIN:
        say_z(d, ", ");
        if (!say_until_nul(d, v))
            seal(d);
        return true;
    case STATUS:
    case DTP_TYPE:
        if (v.len != 1)
            return false;
        say_at(d, v, ", 0x%lx", AT_U8(0));
        return true;
    case NEIGHBOR:
        if (v.len != ETHER_ADDR_LEN)
            return false;
        say_at(d, v, ", %pM", AT_ADDRESS(0));
        return true;
    default: need(d, v, 0, v.len); return true;
    }
}

/* One TLV; `*v` then begins behind it.  False at a flaw. */
static bool say_tlv(struct dissect *d, struct view *v)
{
    if (v->len < TLV_HEADER_LEN) {
        say(d, "[%u bytes remaining]", v->len);
        return false;
    }
    u16 type = be16_at(d, *v, TLV_TYPE);
    u32 len = be16_at(d, *v, TLV_LENGTH);
    if (type == END) {
        *v = view_clip(*v, 0);
        return true;
    }
    say(d, "\n\t%s (0x%04x) TLV, length %u", name_of(d, &tlvs.names, type, "Unknown"), type,
        len);
    if (len < TLV_HEADER_LEN || len > v->len) {
        say(d, "[invalid TLV length %u]", len);
        return false;
    }
    if (!say_value(d, type, view_sub(*v, TLV_HEADER_LEN, len - TLV_HEADER_LEN)))
        return false;
    *v = view_from(*v, len);
    return true;
}

void print_dtp(struct dissect *d, struct view v)
{
    d->proto = "dtp";
    if (v.len < HEADER_LEN) {
        say_z(d, "[zero packet length]");
        invalid(d);
        return;
    }
    say_at(d, v, "DTPv%lu, length %u", AT_U8(VERSION), v.len);
    if (!verbose(d, 1))
        return;
    for (v = view_from(v, HEADER_LEN); v.len > 0 && !d->sealed;) {
        if (say_tlv(d, &v))
            continue;
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
}
