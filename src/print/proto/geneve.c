/*
 * Geneve: generic network virtualization encapsulation.  RFC 8926, section 3.4.
 *
 *    0               1               2               3
 *   +---+-----------+-+-+-----------+-------------------------------+
 *   |Ver|  Opt Len  |O|C|    Rsvd.  |        Protocol Type          |
 *   +---+-----------+-+-+-----------+---------------+---------------+
 *   |      Virtual Network Identifier (VNI)         |    Reserved   |
 *   +-----------------------------------------------+---------------+
 *   |  Option Class                 |C|    Type     |R|R|R| Length  |  options
 *   |                        variable data                          |
 *   +---------------------------------------------------------------+
 */
#include "base/ethertype.h"
#include "print/printer.h"
#include "print/proto/ether.h"

enum { VERSION_LEN, FLAGS, PROTOCOL, VNI = 4, RESERVED = 7, HEADER_LEN = 8 };
enum { VERSION_SHIFT = 6, OPTIONS_LEN_MASK = 0x3f };

enum { OPTION_CLASS, OPTION_TYPE = 2, OPTION_LEN, OPTION_DATA = 4 };
enum { OPTION_LEN_MASK = 0x1f, OPTION_CRITICAL = 0x80 };

NAMES(flags,
      (0x80, "O") (0x40, "C") (0x20, "R1") (0x10, "R2") (0x08, "R3") (0x04, "R4") (0x02, "R5")
      (0x01, "R6"));

/* IANA "Geneve Option Class", as far as the reference knows it. */
NAMES(classes,
      (0x0100, "Linux")
      (0x0101, "Open vSwitch")
      (0x0102, "Open Virtual Networking (OVN)")
      (0x0103, "In-band Network Telemetry (INT)")
      (0x0104, "VMware"));

static void say_option_data(struct dissect *d, struct view data)
{
    say_z(d, " data");
    for (u32 at = 0; at < data.len && !d->sealed; at += 4)
        say_at(d, data, " %08lx", AT_BE32(at));
}

static const char *class_name(struct dissect *d, u16 class)
{
    enum { STANDARD_MAX = 0x00ff, EXPERIMENTAL_MIN = 0xfff0 }; /* RFC 8926, section 7 */

    if (class <= STANDARD_MAX)
        return "Standard";
    return class >= EXPERIMENTAL_MIN ? "Experimental" : name_of(d, &classes.names, class, "Unknown");
}

static void say_options(struct dissect *d, struct view v)
{
    const char *separator = "";

    while (v.len > 0 && !d->sealed) {
        u16 class = be16_at(d, v, OPTION_CLASS);
        u8 type = u8_at(d, v, OPTION_TYPE);
        u32 len = (u8_at(d, v, OPTION_LEN) & OPTION_LEN_MASK) * 4u + OPTION_DATA;

        say_z(d, separator);
        separator = ", ";
        say(d, "class %s (0x%x) type 0x%x%s len %u", class_name(d, class), class, type,
            (type & OPTION_CRITICAL) != 0 ? "(C)" : "", len);
        if (len > v.len) {
            say_z(d, " [bad length]");
            return;
        }
        if (len > OPTION_DATA && verbose(d, 2))
            say_option_data(d, view_sub(v, OPTION_DATA, len - OPTION_DATA));
        v = view_from(v, len);
    }
}

static void say_content(struct dissect *d, u16 protocol, struct view v)
{
    if (protocol == ETHERTYPE_TEB)
        ether_frame(d, v);
    else if (!dispatch_ether(d, protocol, v))
        say(d, "geneve-proto-0x%x", protocol);
}

/* Up to the payload, which is returned in `*rest`.  False when nothing of it can be told. */
static bool say_header(struct dissect *d, struct view v, u16 *protocol, struct view *rest)
{
    say_z(d, "Geneve");
    if (v.len < HEADER_LEN) {
        say(d, " [length %u < %u]", v.len, HEADER_LEN);
        invalid(d);
        return false;
    }
    if (!need(d, v, 0, HEADER_LEN))
        return false;
    u8 first = u8_at(d, v, VERSION_LEN);
    u32 version = (u32)first >> VERSION_SHIFT;
    if (version != 0) {
        say(d, " ERROR: unknown-version %u", version);
        return false;
    }
    say(d, ", Flags [%s]", flags_of(d, &flags.names, u8_at(d, v, FLAGS), "", "none"));
    *protocol = be16_at(d, v, PROTOCOL);
    say_at(d, v, ", vni 0x%lx", AT_BE24(VNI));
    u8 reserved = u8_at(d, v, RESERVED);
    if (reserved != 0)
        say(d, ", rsvd 0x%x", reserved);
    if (d->opt->link_header) {
        const char *name = ethertype_name(*protocol);
        say(d, ", proto %s (0x%04x)", name != NULL ? name : "unknown", *protocol);
    }
    *rest = view_from(v, HEADER_LEN);
    u32 options_len = (first & OPTIONS_LEN_MASK) * 4u;
    if (rest->len < options_len) {
        say(d, " truncated-geneve - %u bytes missing", options_len - rest->len);
        return false;
    }
    if (options_len > 0) {
        if (!need(d, *rest, 0, options_len))
            return false;
        say_z(d, ", options [");
        if (verbose(d, 1))
            say_options(d, view_clip(*rest, options_len));
        else
            say(d, "%u bytes", options_len);
        say_z(d, "]");
    }
    say_z(d, verbose(d, 1) ? "\n\t" : ": ");
    *rest = view_from(*rest, options_len);
    return true;
}

void print_geneve(struct dissect *d, struct view v)
{
    struct view payload;
    u16 protocol;

    d->proto = "geneve";
    if (d->sealed)
        return;
    bool known = say_header(d, v, &protocol, &payload);
    if (!cut_short(d) && known)
        say_content(d, protocol, payload);
}
