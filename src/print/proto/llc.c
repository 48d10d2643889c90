/*
 * Logical link control.  IEEE 802.2, clause 5.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+- - - - - - - -+
 *   | DSAP      I/G | SSAP      C/R |    control    | 2nd of I, S   |
 *   +---------------+---------------+---------------+- - - - - - - -+
 *
 *   control   I   0 | N(S) 7            P/F | N(R) 7
 *             S   1 0 | kind 2 | zeros  P/F | N(R) 7
 *             U   1 1 | command | P/F | command
 */
#include "print/proto/llc.h"

#include "base/ethertype.h"
#include "base/llc.h"
#include "print/hexdump.h"
#include "print/printer.h"

enum { DSAP, SSAP, CONTROL, U_HEADER_LEN = 3, IS_HEADER_LEN };

enum { GROUP = 1, RESPONSE = 1 };

enum { FORMAT_MASK = 3, FORMAT_S = 1, FORMAT_U = 3, I_BIT = 1 };

/* Unnumbered commands, without the poll bit. */
enum { U_POLL = 0x10, U_UI = 0x03, U_XID = 0xaf };

enum { IS_POLL = 0x0100, S_KIND_SHIFT = 2, NS_SHIFT = 1, NR_SHIFT = 9, NUMBER_MASK = 0x7f };

/* Before a bridged Ethernet frame. */
enum { BRIDGE_PAD = 2 };

/* What an XID frame holds when it is of IEEE's own kind. */
enum { XID_IEEE = 0x81, XID_LEN = 3 };

NAMES(saps,
      (SAP_NULL, "Null")
      (SAP_8021B_INDIVIDUAL, "802.1B I")
      (SAP_SNA, "SNA")
      (SAP_IP, "IP")
      (SAP_PROWAY_NM, "ProWay NM")
      (SAP_STP, "STP")
      (SAP_RS511, "RS511")
      (SAP_ISO8208, "ISO8208")
      (SAP_PROWAY_ASLM, "ProWay")
      (SAP_SNAP, "SNAP")
      (SAP_IPX, "IPX")
      (SAP_NETBIOS, "NetBeui")
      (SAP_ISONS, "OSI"));

NAMES(commands,
      (U_UI, "ui") (0x0f, "dm") (0x43, "disc") (0x63, "ua") (0x6f, "sabme") (0x87, "frmr")
      (U_XID, "xid") (0xe3, "test"));

static const char *const supervisory[] = { "Receiver Ready", "Receiver not Ready", "Reject", "?" };

struct llc {
    u8 dsap, ssap; /* without their low bits */
    bool group, response;
    u16 control;
    bool unnumbered;
    u32 length; /* of header and payload */
};

static void say_header(struct dissect *d, const struct llc *f)
{
    say(d, "LLC, dsap %s (0x%02x) %s, ssap %s (0x%02x) %s", name_of(d, &saps.names, f->dsap, "Unknown"),
        f->dsap, f->group ? "Group" : "Individual", name_of(d, &saps.names, f->ssap, "Unknown"), f->ssap,
        f->response ? "Response" : "Command");
    say(d, f->unnumbered ? ", ctrl 0x%02x: " : ", ctrl 0x%04x: ", f->control);
}

/* Who speaks to whom, when -e has not said it. */
static void say_ends(struct dissect *d, const struct llc *f, struct llc_addresses link)
{
    const char *ssap = name_of(d, &saps.names, f->ssap, "Unknown SSAP 0x%02x");
    const char *dsap = name_of(d, &saps.names, f->dsap, "Unknown DSAP 0x%02x");

    if (link.source == NULL) {
        if (f->ssap == f->dsap)
            say(d, "%s ", dsap);
        else
            say(d, "%s > %s ", ssap, dsap);
    } else if (f->ssap == f->dsap) {
        say(d, "%pM > %pM %s ", link.source, link.destination, dsap);
    } else {
        say(d, "%pM %s > %pM %s ", link.source, ssap, link.destination, dsap);
    }
}

/* The frame itself, when no protocol is known in it. */
static void say_frame(struct dissect *d, const struct llc *f)
{
    bool poll = (f->control & (f->unnumbered ? U_POLL : IS_POLL)) != 0;
    const char *flags = poll ? (f->response ? "Final" : "Poll")
                             : (f->response ? "Response" : "Command");

    if (f->unnumbered)
        say(d, "Unnumbered, %s, ", name_of(d, &commands.names, f->control & (0xffu ^ U_POLL), "%02x"));
    else if ((f->control & FORMAT_MASK) == FORMAT_S)
        say(d, "Supervisory, %s, rcv seq %u, ", supervisory[f->control >> S_KIND_SHIFT & 3],
            f->control >> NR_SHIFT);
    else
        say(d, "Information, send seq %u, rcv seq %u, ", f->control >> NS_SHIFT & NUMBER_MASK,
            f->control >> NR_SHIFT);
    say(d, "Flags [%s], length %u", flags, f->length);
}

/* The payload of an exchange of identities.  False when it is not of IEEE's kind. */
static bool say_identity(struct dissect *d, struct view v)
{
    if (v.len == 0)
        return true;
    if (v.cap > 0 && u8_at(d, v, 0) != XID_IEEE)
        return false;
    if (!view_has(v, 0, XID_LEN)) {
        truncated(d);
        hexdump_ascii(d->out, "\n\t", v); /* as tcpdump: even with -q or -x */
        return true;
    }
    say_at(d, v, ": %02lx %02lx", AT_U8(1), AT_U8(2));
    return true;
}

/* A header that is not all there; as tcpdump, it is dumped even with -q or -x. */
static u32 say_cut(struct dissect *d, struct view v)
{
    truncated(d);
    hexdump_ascii(d->out, "\n\t", v);
    return v.cap;
}

/* A frame in which no protocol is known.  Whether nothing of it is left to dump. */
static bool say_undecoded(struct dissect *d, const struct llc *f, struct view v, struct view payload,
                          struct llc_addresses link)
{
    bool identity = f->unnumbered && (f->control & (0xffu ^ U_POLL)) == U_XID;

    if (!d->opt->link_header)
        say_ends(d, f, link);
    say_frame(d, f);
    if ((f->control & FORMAT_MASK) == FORMAT_S || (identity && say_identity(d, payload)))
        return true;
    say_payload(d, v);
    return false;
}

u32 llc_frame(struct dissect *d, struct view v, struct llc_addresses link, bool *known)
{
    bool ignored;
    bool *decoded = known != NULL ? known : &ignored;

    d->proto = "llc";
    *decoded = true;
    if (!view_has(v, 0, U_HEADER_LEN))
        return say_cut(d, v);
    u8 dsap = u8_at(d, v, DSAP), ssap = u8_at(d, v, SSAP);
    struct llc f = { (u8)(dsap & ~GROUP), (u8)(ssap & ~RESPONSE), dsap & GROUP, ssap & RESPONSE,
                     u8_at(d, v, CONTROL), true, v.len };
    u32 header_len = U_HEADER_LEN;

    if ((f.control & FORMAT_MASK) != FORMAT_U) {
        if (!view_has(v, 0, IS_HEADER_LEN))
            return say_cut(d, v);
        f.unnumbered = false;
        f.control = le16_at(d, v, CONTROL);
        header_len = IS_HEADER_LEN;
    }
    if (dsap == SAP_GLOBAL && ssap == SAP_GLOBAL) {
        /* Novell put IPX directly into 802.3 frames; its checksum of ones stands in this place */
        if (d->opt->link_header)
            say_z(d, "IPX 802.3: ");
        dispatch_llc(d, SAP_IPX, SAP_IPX, v);
        return 0;
    }
    if (d->opt->link_header)
        say_header(d, &f);
    struct view payload = view_from(v, header_len);
    bool protocol = f.dsap == f.ssap && f.unnumbered && f.control == U_UI;
    if (protocol && f.dsap == SAP_SNAP) {
        *decoded = snap_frame(d, payload, link, BRIDGE_PAD);
        if (!*decoded)
            say_payload(d, v);
        return header_len + SNAP_HEADER_LEN;
    }
    if (protocol && f.dsap == SAP_IPX && d->opt->link_header)
        say_z(d, "IPX 802.2: ");
    if (!protocol || !dispatch_llc(d, f.dsap, f.ssap, payload))
        *decoded = say_undecoded(d, &f, v, payload, link);
    return header_len;
}
