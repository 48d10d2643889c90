/*
 * PPP: frames of the point-to-point protocol and what they carry.  RFC 1661, section 2; in HDLC-like
 * framing: RFC 1662, section 3.1; multilink: RFC 1990, section 3.
 *
 *    0               1               2
 *   +---------------+---------------+-------------------------------+
 *   | address 0xff  | control 0x03  |  protocol 16, or 8 when odd   |
 *   +---------------+---------------+-------------------------------+
 *
 * The first two bytes are left out where both ends agreed on that.
 */
#include "print/proto/ppp.h"

#include "base/llc.h"
#include "print/hexdump.h"
#include "print/printer.h"

enum { ADDRESS, CONTROL, FRAMING_LEN = 2, PROTOCOL_LEN = 2, HDLC_MIN = 4 };

enum { UNNUMBERED_INFORMATION = 0x03, ALL_STATIONS = 0xff, DIRECTION_IN = 0x00, DIRECTION_OUT = 0x01 };

/* Octet stuffing, RFC 1662, section 4.2. */
enum { FLAG = 0x7e, ESCAPE = 0x7d, ESCAPE_BIT = 0x20, STUFFED = FLAG << 8 };

/* Addresses of Cisco HDLC, which shares the serial line. */
enum { CHDLC_UNICAST = 0x0f, CHDLC_BROADCAST = 0x8f };

/* A multilink header with long sequence numbers, RFC 1990, section 3. */
enum { MULTILINK_BEGIN = 0x8000, MULTILINK_END = 0x4000, MULTILINK_SEQUENCE = 0x0fff };

NAMES(protocols,
      (PPP_IP, "IP")
      (PPP_OSI, "OSI")
      (PPP_NS, "NS")
      (PPP_DECNET, "DECNET")
      (PPP_APPLE, "APPLE")
      (PPP_IPX, "IPX")
      (PPP_VJC, "VJC IP")
      (PPP_VJNC, "VJNC IP")
      (PPP_BRPDU, "BRPDU")
      (PPP_STII, "STII")
      (PPP_VINES, "VINES")
      (PPP_MULTILINK, "MLPPP")
      (PPP_IPV6, "IP6")
      (PPP_COMPRESSED, "Compressed")
      (PPP_HELLO, "HELLO")
      (PPP_LUXCOM, "LUXCOM")
      (PPP_SNS, "SNS")
      (PPP_MPLS_UNICAST, "MPLS")
      (PPP_MPLS_MULTICAST, "MPLS")
      (PPP_IPCP, "IPCP")
      (PPP_OSICP, "OSICP")
      (PPP_NSCP, "NSCP")
      (PPP_DECNETCP, "DECNETCP")
      (PPP_APPLECP, "APPLECP")
      (PPP_IPXCP, "IPXCP")
      (PPP_STIICP, "STIICP")
      (PPP_VINESCP, "VINESCP")
      (PPP_IPV6CP, "IP6CP")
      (PPP_CCP, "CCP")
      (PPP_MPLSCP, "MPLSCP")
      (PPP_LCP, "LCP")
      (PPP_PAP, "PAP")
      (PPP_LQM, "LQM")
      (PPP_SPAP, "SPAP")
      (PPP_MULTILINKCP, "MLPPP-CP")
      (PPP_BACP, "BACP")
      (PPP_BAP, "BAP")
      (PPP_CHAP, "CHAP")
      (PPP_EAP, "EAP"));

const char *ppp_protocol_name(u16 protocol) { return name_find(&protocols.names, protocol); }

NAMES(multilink_flags, (MULTILINK_BEGIN, "begin") (MULTILINK_END, "end"));

static void say_multilink(struct dissect *d, struct view v)
{
    if (!d->opt->link_header)
        say_z(d, "MLPPP, ");
    if (v.len < 2 || !view_has(v, 0, 2)) {
        say_z(d, "[|mlppp]");
        return;
    }
    u16 word = be16_at(d, v, 0);
    say(d, "seq 0x%03x, Flags [%s], length %u", word & MULTILINK_SEQUENCE,
        flags_of(d, &multilink_flags.names, word, ", ", "none"), v.len);
}

static bool is_control(u16 protocol)
{
    switch (protocol) {
    case PPP_LCP:
    case PPP_IPCP:
    case PPP_OSICP:
    case PPP_MPLSCP:
    case PPP_IPV6CP:
    case PPP_CCP:
    case PPP_BACP: return true;
    default: return false;
    }
}

/* What has no printer: its name and bytes. */
static void say_undecoded(struct dissect *d, u16 protocol, struct view v)
{
    say(d, "%s ", name_of(d, &protocols.names, protocol, "unknown PPP protocol (0x%04x)"));
    hexdump(d->out, "\n\t", view_clip(v, v.len));
}

static void say_content(struct dissect *d, u16 protocol, struct view v, struct view frame);

/* The octets of `v` without stuffing, in scratch memory when there is any. */
static struct view unstuffed(struct dissect *d, struct view v)
{
    u32 stuffed = 0, n = 0;

    while (stuffed < v.cap && view_byte(v, stuffed) != ESCAPE)
        stuffed++;
    if (stuffed == v.cap)
        return view_claim(v, v.cap);
    if (v.cap > SCRATCH_BYTES / 2)
        v = view_clip(v, SCRATCH_BYTES / 2);
    char *plain = scratch_take(d, v.cap);
    for (u32 i = 0; i < v.cap; i++) {
        int c = view_byte(v, i);
        if (c == ESCAPE) {
            c = view_byte(v, ++i);
            if (c < 0)
                break;
            c ^= ESCAPE_BIT;
        }
        plain[n++] = (char)c;
    }
    return view_over(plain, n, n);
}

/* A frame as it is on an asynchronous line, behind its flag.  As tcpdump, its form is guessed. */
static void say_stuffed(struct dissect *d, struct view v)
{
    if (v.cap == 0)
        return;
    v = unstuffed(d, v);
    if (v.len == 0) {
        truncated(d);
        return;
    }
    u8 first = u8_at(d, v, 0);
    if (first == PPP_IP || first == PPP_IPV6) {
        dispatch_ppp(d, first, view_from(v, 1));
        return;
    }
    if (v.len < PROTOCOL_LEN) {
        truncated(d);
        return;
    }
    u16 protocol = be16_at(d, v, 0);
    if (protocol == (ALL_STATIONS << 8 | UNNUMBERED_INFORMATION)) {
        if (v.len < HDLC_MIN) {
            truncated(d);
            return;
        }
        v = view_from(v, FRAMING_LEN);
        protocol = be16_at(d, v, 0);
    }
    if ((protocol & 0xff00) == STUFFED)
        say(d, "(protocol 0x%04x invalid)", protocol);
    else
        say_content(d, protocol, view_from(v, PROTOCOL_LEN), v);
}

/* The content of a frame; `frame` is where a control protocol's dump begins. */
static void say_content(struct dissect *d, u16 protocol, struct view v, struct view frame)
{
    if ((protocol & 0xff00) == STUFFED) {
        if (v.len > 0)
            say_stuffed(d, view_from(frame, 1));
        return;
    }
    if (is_control(protocol)) {
        ppp_control(d, protocol, frame);
        return;
    }
    switch (protocol) {
    case PPP_MULTILINK: say_multilink(d, v); return;
    case PPP_BAP: return; /* as tcpdump: nothing is said about it */
    case PPP_COMPRESSED: say_z(d, "compressed PPP data"); return;
    case PPP_OSI:
        if (dispatch_llc(d, SAP_ISONS, SAP_ISONS, v))
            return;
        break;
    default:
        if (dispatch_ppp(d, protocol, v))
            return;
        break;
    }
    say_undecoded(d, protocol, v);
}

u32 ppp_frame(struct dissect *d, struct view v)
{
    u32 length = v.len;
    struct view frame = v;

    d->proto = "ppp";
    if (v.len < PROTOCOL_LEN) {
        truncated(d);
        return 0;
    }
    u16 word = be16_at(d, v, 0);
    u32 address = word >> 8;
    bool framed = (word & 0xff) == UNNUMBERED_INFORMATION &&
                  (address == ALL_STATIONS || address == DIRECTION_IN || address == DIRECTION_OUT);

    if (framed) {
        if (d->opt->link_header && address != ALL_STATIONS)
            say_z(d, address == DIRECTION_IN ? "In  " : "Out ");
        v = frame = view_from(v, FRAMING_LEN);
    }
    if (v.len < PROTOCOL_LEN) {
        truncated(d);
        return 0;
    }
    u16 protocol = u8_at(d, v, 0);
    bool brief = (protocol & 1) != 0; /* RFC 1661, section 6.5 */
    if (!brief)
        protocol = be16_at(d, v, 0);
    v = view_from(v, brief ? 1 : PROTOCOL_LEN);
    u32 header_len = length - v.len;

    if (d->opt->link_header) {
        const char *name = ppp_protocol_name(protocol);
        say(d, "%s (0x%04x), length %u", name != NULL ? name : "unknown", protocol, length);
        if (name == NULL)
            return header_len;
        say_z(d, ": ");
    }
    say_content(d, protocol, v, brief ? v : frame);
    return header_len;
}

void print_ppp(struct dissect *d, struct view v) { ppp_frame(d, v); }

/* As tcpdump anywhere but on BSD/OS: its frames are not taken apart. */
void print_ppp_bsdos(struct dissect *d, struct view v)
{
    (void)d;
    (void)v;
}

/* In frames with an EtherType. */
void print_ppp_ether(struct dissect *d, struct view v)
{
    if (v.len == 0)
        return;
    say_z(d, ": ");
    print_ppp(d, v);
}

void print_link_ppp(struct dissect *d, struct view v)
{
    d->proto = "ppp";
    if (!view_has(v, 0, HDLC_MIN)) { /* as tcpdump: whether or not there is an address */
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    d->link_header_len += HDLC_MIN;
    print_ppp(d, v);
}

/* A serial line, on which PPP and Cisco HDLC are told apart by the address. */
void print_ppp_serial(struct dissect *d, struct view v)
{
    d->proto = "ppp_hdlc";
    if (!view_has(v, 0, FRAMING_LEN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    u8 address = u8_at(d, v, ADDRESS), control = u8_at(d, v, CONTROL);

    if (address == CHDLC_UNICAST || address == CHDLC_BROADCAST) {
        u32 header_len = chdlc_frame(d, v);
        if (!d->sealed)
            d->link_header_len += header_len;
        return;
    }
    if (!view_has(v, 0, HDLC_MIN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    d->link_header_len += address == ALL_STATIONS ? HDLC_MIN : FRAMING_LEN;
    if (d->opt->link_header)
        say(d, "%02x %02x %u ", address, control, v.len);
    if (address != ALL_STATIONS) {
        say_at(d, v, "unknown addr %02lx; ctrl %02lx", AT_U8(FRAMING_LEN), AT_U8(FRAMING_LEN + 1));
        return;
    }
    u16 protocol = be16_at(d, v, FRAMING_LEN);
    say(d, "%s: ", name_of(d, &protocols.names, protocol, "unknown PPP protocol (0x%04x)"));
    say_content(d, protocol, view_from(v, HDLC_MIN), view_from(v, FRAMING_LEN));
}
