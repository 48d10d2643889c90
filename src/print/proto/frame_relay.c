/*
 * Frame Relay.  RFC 2427, sections 3 and 4; Cisco's form has an EtherType behind the address.
 * Fragments: FRF.15 and FRF.12, section 4; multilink: FRF.16.1, section 2.
 *
 *   address 2 to 4 (Q.922); control 0x03, pad when that makes it even; network protocol 8
 *
 *   A fragment's header is: begin 1, end 1, control 1, sequence 4, interface 1; sequence 8
 *   A message of FRF.16 is: 0xe1, 0; type 8; elements: type 8, length 8 of all, value
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/ether.h"
#include "print/proto/iso/iso.h"
#include "print/proto/llc.h"
#include "print/proto/ppp.h"
#include "print/proto/q922.h"
#include "print/proto/q933.h"

enum { UNNUMBERED_INFORMATION = 0x03 };

/* A frame's address. */
struct address {
    u32 len, dlci;
    u32 flags;
};

NAMES(address_flags,
      (0x0200, "C!")(0x0002, "DE")(0x0004, "BECN")(0x0008, "FECN")(0x010000, "sdlcore"));

enum { FLAG_CORE = 0x010000, LAST_CORE = 0x02 };

static u32 flags_in(struct dissect *d, struct view v, u32 len)
{
    u32 flags = be16_at(d, v, 0);

    if (len > 2 && (u8_at(d, v, len - 1) & LAST_CORE) != 0)
        flags |= FLAG_CORE;
    return flags;
}

static void say_header(struct dissect *d, const struct address *a, u16 protocol, u32 length)
{
    if (d->opt->quick) {
        say(d, "Q.922, DLCI %u, length %u: ", a->dlci, length);
        return;
    }
    say(d, "Q.922, hdr-len %u, DLCI %u, Flags [%s], ", a->len, a->dlci,
        flags_of(d, &address_flags.names, a->flags, ", ", "none"));
    if (protocol < 0x100) {
        say(d, "NLPID %s (0x%02x)", name_of(d, nlpids, protocol, "unknown"), protocol);
    } else {
        const char *name = ethertype_name(protocol);
        say(d, "cisco-ethertype %s (0x%04x)", name != NULL ? name : "unknown", protocol);
    }
    say(d, ", length %u: ", length);
}

enum { FRAGMENT_LEN = 2, FRAGMENT_INTERFACE = 0x01 };

enum { BEGIN = 0x80, END = 0x40, CONTROL = 0x20 };

NAMES(fragment_flags, (BEGIN, "Begin")(END, "End")(CONTROL, "Control"));

static u32 sequence_in(struct dissect *d, struct view v)
{
    return (u8_at(d, v, 0) & 0x1eu) << 7 | u8_at(d, v, 1);
}

static void say_fragment(struct dissect *d, struct view v)
{
    if (v.len < FRAGMENT_LEN) {
        seal(d);
        return;
    }
    u8 first = u8_at(d, v, 0);
    say(d, "FRF.15, seq 0x%03x, Flags [%s],%s Fragmentation, length %u", sequence_in(d, v),
        flags_of(d, &fragment_flags.names, first, ", ", "none"),
        (first & FRAGMENT_INTERFACE) != 0 ? "Interface" : "End-to-End", v.len);
}

/* What nobody decodes.  As tcpdump: only -x keeps it away, and what was not captured is missed. */
static void say_all(struct dissect *d, struct view v)
{
    if (d->opt->dump == DUMP_HEX || d->opt->dump == DUMP_HEX_LINK)
        return;
    hexdump_ascii(d->out, "\n\t", v);
    if (v.cap < v.len)
        seal(d);
}

/* The payload behind the network protocol; `from_protocol` begins with that byte. */
static void say_payload_of(struct dissect *d, const struct address *a, u8 nlpid, struct view v,
                           struct view frame)
{
    u32 header_len = view_offset(frame, v);
    struct view from_protocol = view_from(frame, header_len - 1);

    switch (nlpid) {
    case NLPID_IP: print_ip(d, v); return;
    case NLPID_IP6: print_ip6(d, v); return;
    case NLPID_CLNP:
    case NLPID_ESIS:
    case NLPID_ISIS: dispatch_llc(d, SAP_ISONS, SAP_ISONS, from_protocol); return;
    case NLPID_SNAP:
        if (snap_frame(d, v, (struct llc_addresses){ NULL, NULL }, 0))
            return;
        if (!d->opt->link_header)
            say_header(d, &(struct address){ header_len, a->dlci, a->flags }, nlpid, frame.len);
        say_payload(d, frame);
        if (!d->opt->no_payload_dump && frame.cap < frame.len)
            seal(d);
        return;
    case NLPID_Q933: q933_message(d, v); return;
    case NLPID_FRF15: say_fragment(d, v); return;
    case NLPID_PPP: print_ppp(d, v); return;
    default:
        if (!d->opt->link_header)
            say_header(d, a, nlpid, frame.len);
        say_all(d, v);
        return;
    }
}

u32 frame_relay_frame(struct dissect *d, struct view v)
{
    struct address a = { 0 };

    d->proto = "fr";
    int len = q922_read(v, &a.dlci);
    if (len == Q922_INVALID && v.cap > 0) {
        say_z(d, "Q.922, invalid address");
        return 0;
    }
    if (len == Q922_TRUNCATED || v.cap < 2) {
        truncated(d);
        return v.cap;
    }
    a.len = (u32)len;
    a.flags = flags_in(d, v, a.len);
    bool whole = view_has(v, 0, a.len + 2) && v.len >= a.len + 2;
    int control = view_byte(v, a.len);
    if (!whole) {
        if (control >= 0 && control != UNNUMBERED_INFORMATION && a.dlci != 0)
            say(d, "UI %02x! ", (u32)control);
        truncated(d);
        return 0;
    }
    if (control != UNNUMBERED_INFORMATION && a.dlci != 0) {
        u16 type = be16_at(d, v, a.len);
        if (d->opt->link_header)
            say_header(d, &a, type, v.len);
        if (dispatch_ether(d, type, view_from(v, a.len + 2)))
            return a.len + 2;
        say(d, "UI %02x! ", (u32)control);
    }
    u32 header_len = a.len + 2;
    if (u8_at(d, v, a.len + 1) == 0) {
        if (a.len != 3)
            say_z(d, "Pad! ");
        header_len++;
    } else if (a.len == 3) {
        say_z(d, "No pad! ");
    }
    if (!view_has(v, 0, header_len)) {
        truncated(d);
        return 0;
    }
    u8 nlpid = u8_at(d, v, header_len - 1);
    if (d->opt->link_header)
        say_header(d, &a, nlpid, v.len);
    say_payload_of(d, &a, nlpid, view_from(v, header_len), v);
    return header_len;
}

void print_frame_relay(struct dissect *d, struct view v)
{
    enum { FRAME_MIN = 4 };

    d->proto = "fr";
    if (!view_has(v, 0, FRAME_MIN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    u32 header_len = frame_relay_frame(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}

/* -- multilink */

enum { MFR_MIN = 4, MFR_TYPE = 2, MFR_ELEMENTS, MFR_ELEMENT_HEADER = 2 };

NAMES(mfr_messages,
      (1, "Add Link") (2, "Add Link ACK") (3, "Add Link Reject") (4, "Hello") (5, "Hello ACK")
      (6, "Remove Link") (7, "Remove Link ACK"));

enum mfr_element { BUNDLE_ID = 1, LINK_ID, MAGIC_NUMBER };

NAMES(mfr_elements,
      (BUNDLE_ID, "Bundle ID") (LINK_ID, "Link ID") (MAGIC_NUMBER, "Magic Number") (5, "Timestamp")
      (6, "Vendor Extension") (7, "Cause"));

/* An element's value; *dump: nothing is known about its type. */
static void say_mfr_value(struct dissect *d, u8 type, struct view v, bool *dump)
{
    switch (type) {
    case MAGIC_NUMBER:
        if (v.len == 4) {
            say(d, "0x%08x", be32_at(d, v, 0));
        } else {
            say(d, "[IE data length %u != 4]", v.len);
            invalid(d);
        }
        break;
    case BUNDLE_ID:
    case LINK_ID: say_until_nul(d, v); break;
    default: *dump = true; break;
    }
}

/* False when they are cut. */
static bool say_mfr_elements(struct dissect *d, struct view v)
{
    while (v.len > MFR_ELEMENT_HEADER) {
        bool dump = false;
        if (!view_has(v, 0, MFR_ELEMENT_HEADER))
            return false;
        u8 type = u8_at(d, v, 0);
        u32 len = u8_at(d, v, 1);
        say(d, "\n\tIE %s (%u), length %u: ", name_of(d, &mfr_elements.names, type, "Unknown"),
            type, len);
        if (type == 0 || len <= MFR_ELEMENT_HEADER)
            return true;
        if (!view_has(v, 0, len))
            return false;
        struct view value = view_sub(v, MFR_ELEMENT_HEADER, len - MFR_ELEMENT_HEADER);
        say_mfr_value(d, type, value, &dump);
        if (verbose(d, 2) || dump)
            hexdump(d->out, "\n\t  ", value);
        v = view_from(v, len);
    }
    return true;
}

/* Returns how many bytes -x, -X and -A skip. */
static u32 say_mfr(struct dissect *d, struct view v)
{
    d->proto = "mfr";
    if (v.len < MFR_MIN && view_has(v, 0, FRAGMENT_LEN)) {
        say(d, "[length %u < %u]", v.len, (unsigned)MFR_MIN);
        invalid(d);
        return v.len;
    }
    if (!view_has(v, 0, MFR_MIN)) {
        truncated(d);
        return v.cap;
    }
    u8 first = u8_at(d, v, 0);
    const char *flags = flags_of(d, &fragment_flags.names, first, ", ", "none");
    if ((first & (BEGIN | END | CONTROL)) == (BEGIN | END | CONTROL) && u8_at(d, v, 1) == 0) {
        u8 type = u8_at(d, v, MFR_TYPE);
        say(d, "FRF.16 Control, Flags [%s], %s, length %u", flags,
            name_of(d, &mfr_messages.names, type, "Unknown Message (0x%02x)"), v.len);
        if (verbose(d, 1) && !say_mfr_elements(d, view_from(v, MFR_ELEMENTS))) {
            truncated(d);
            return v.cap;
        }
        return MFR_ELEMENTS;
    }
    say(d, "FRF.16 Frag, seq %u, Flags [%s]", sequence_in(d, v), flags);
    if ((first & (BEGIN | CONTROL)) != BEGIN) {
        hexdump(d->out, "\n\t", v);
        return 0;
    }
    say_z(d, ", ");
    frame_relay_frame(d, view_from(v, FRAGMENT_LEN));
    return FRAGMENT_LEN;
}

void print_mfr(struct dissect *d, struct view v)
{
    u32 header_len = say_mfr(d, v);

    if (!d->sealed)
        d->link_header_len += header_len;
}
