/*
 * FDDI, and IP over Fibre Channel, which frames LLC in much the same way.  ANSI X3.139-1987, clause
 * 7; RFC 2625, section 3.
 *
 *   FDDI           frame control 8, destination 48, source 48
 *   Fibre Channel  destination 64, source 64; of each the last 48 bits are the address
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/llc.h"

enum { CONTROL, DESTINATION, SOURCE = 7, HEADER_LEN = 13 };

enum { FC_DESTINATION = 2, FC_SOURCE = 10, FC_HEADER_LEN = 16 };

/* The upper half of the frame control; the lower half is a number. */
enum { SMT = 0x40, LLC_ASYNCHRONOUS = 0x50, CONTROL_KIND = 0xf0 };

/* Frame controls with names of their own. */
NAMES(controls,
      (0x40, "void") (0x41, "info") (0x4f, "nsa") (0x80, "nrt") (0xc0, "rt") (0xc2, "beacon")
      (0xc3, "claim"));

/* The others are named by their upper half; the number follows. */
NAMES(kinds,
      (SMT, "smt")
      (LLC_ASYNCHRONOUS, "async")
      (0x60, "imp_async")
      (0xc0, "mac")
      (0xd0, "sync")
      (0xe0, "imp_sync"));

static void say_control(struct dissect *d, u8 control)
{
    const char *name = name_find(&controls.names, control);
    const char *kind = name_find(&kinds.names, control & CONTROL_KIND);

    if (name != NULL)
        say(d, "%s ", name);
    else if (kind != NULL)
        say(d, "%s%x ", kind, control & 15u);
    else
        say(d, "%02x ", control);
}

static void say_addresses(struct dissect *d, struct llc_addresses link, u32 length)
{
    say(d, "%pM > %pM, length %u: ", link.source, link.destination, length);
}

static void say_header(struct dissect *d, u8 control, struct llc_addresses link, u32 length)
{
    if (!d->opt->quick)
        say_control(d, control);
    say_addresses(d, link, length);
}

void print_fddi(struct dissect *d, struct view v)
{
    d->proto = "fddi";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    const struct llc_addresses link = { bytes_at(d, v, SOURCE, ETHER_ADDR_LEN),
                                        bytes_at(d, v, DESTINATION, ETHER_ADDR_LEN) };
    u8 control = u8_at(d, v, CONTROL);
    struct view payload = view_from(v, HEADER_LEN);
    u32 header_len = HEADER_LEN;

    if (d->opt->link_header)
        say_header(d, control, link, v.len);
    switch (control & CONTROL_KIND) {
    case LLC_ASYNCHRONOUS: header_len += llc_frame(d, payload, link, NULL); break;
    case SMT: say_z(d, "<SMT printer not yet implemented>"); break;
    default:
        if (!d->opt->link_header)
            say_header(d, control, link, v.len);
        say_payload(d, payload);
        break;
    }
    if (!d->sealed)
        d->link_header_len += header_len;
}

void print_ipfc(struct dissect *d, struct view v)
{
    d->proto = "ipfc";
    if (!view_has(v, 0, FC_HEADER_LEN)) {
        truncated(d);
        return;
    }
    const struct llc_addresses link = { bytes_at(d, v, FC_SOURCE, ETHER_ADDR_LEN),
                                        bytes_at(d, v, FC_DESTINATION, ETHER_ADDR_LEN) };

    if (d->opt->link_header)
        say_addresses(d, link, v.len);
    u32 header_len = FC_HEADER_LEN + llc_frame(d, view_from(v, FC_HEADER_LEN), link, NULL);
    if (!d->sealed)
        d->link_header_len += header_len;
}
