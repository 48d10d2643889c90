/*
 * Token ring.  IEEE 802.5-1998, clause 3; source routing: annex C.3.3 of IEEE 802.1D-1998.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   | access control| frame control |  destination 6, source 6      |
 *   +---------------+---------------+-------------------------------+
 *   |kind 3| length 5 |D|size 3| 0  |  segments: ring 12, bridge 4; when the source's first bit is
 * set
 *   +---------------+---------------+-------------------------------+
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/llc.h"

enum { ACCESS, CONTROL, DESTINATION, SOURCE = 8, HEADER_LEN = 14, ROUTE_LEN = 2 };

enum { SOURCE_ROUTED = 0x80, CONTROL_KIND_SHIFT = 6, CONTROL_LLC = 1 };

enum { ROUTE_KIND_SHIFT = 13, ROUTE_LENGTH_SHIFT = 8, ROUTE_BACKWARD = 0x80, ROUTE_SIZE_SHIFT = 4 };

static const char *const largest_frames[] = { "516",  "1500",  "2052",  "4472",
                                              "8144", "11407", "17800", "??" };

static void say_header(struct dissect *d, struct view v, struct llc_addresses link)
{
    if (!d->opt->quick)
        say_at(d, v, "%02lx %02lx ", AT_U8(ACCESS), AT_U8(CONTROL));
    say(d, "%pM > %pM, length %u: ", link.source, link.destination, v.len);
}

/* The way that the frame has taken through bridges; `route` is as long as it says. */
static void say_route(struct dissect *d, u16 control, struct view route)
{
    static const char *const kinds[] = { "Non-Broadcast", "Non-Broadcast", "Non-Broadcast",
                                         "Non-Broadcast", "All-routes",    "All-routes",
                                         "Single-route",  "Single-route" };

    if (verbose(d, 1))
        say(d, "%s %s", kinds[control >> ROUTE_KIND_SHIFT],
            (control & ROUTE_BACKWARD) != 0 ? "Backward" : "Forward");
    else
        say(d, "rt = %x", control);
    for (u32 at = ROUTE_LEN; at + 2 <= route.len; at += 2) {
        u16 segment = be16_at(d, route, at);
        if (verbose(d, 1))
            say(d, " [%u:%u]", segment >> 4, segment & 15u);
        else
            say(d, ":%x", segment);
    }
    say(d, " (%s) ", largest_frames[control >> ROUTE_SIZE_SHIFT & 7]);
}

/* Returns how many bytes -x, -X and -A skip. */
static u32 say_frame(struct dissect *d, struct view v)
{
    u32 header_len = HEADER_LEN;
    u8 source[ETHER_ADDR_LEN];

    d->proto = "token-ring";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return v.cap;
    }
    /* the first bit of the source is no part of its address */
    memcpy(source, bytes_at(d, v, SOURCE, ETHER_ADDR_LEN), sizeof source);
    bool routed = (source[0] & SOURCE_ROUTED) != 0;
    source[0] &= (u8)~SOURCE_ROUTED;
    const struct llc_addresses link = { source, bytes_at(d, v, DESTINATION, ETHER_ADDR_LEN) };

    if (d->opt->link_header)
        say_header(d, v, link);
    if (routed) {
        if (!view_has(v, HEADER_LEN, ROUTE_LEN)) {
            truncated(d);
            return HEADER_LEN;
        }
        u16 control = be16_at(d, v, HEADER_LEN);
        u32 route_len = control >> ROUTE_LENGTH_SHIFT & 31;
        if (!view_has(v, HEADER_LEN, route_len)) {
            truncated(d);
            return v.cap;
        }
        say_route(d, control, view_sub(v, HEADER_LEN, route_len));
        header_len += route_len;
    }
    struct view payload = view_from(v, header_len);
    if (u8_at(d, v, CONTROL) >> CONTROL_KIND_SHIFT == CONTROL_LLC)
        return header_len + llc_frame(d, payload, link, NULL);
    if (!d->opt->link_header)
        say_header(d, v, link);
    say_payload(d, payload);
    return header_len;
}

void print_token_ring(struct dissect *d, struct view v)
{
    u32 header_len = say_frame(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}
