/*
 * LSP ping: MPLS echo.  RFC 4379, section 3; BFD discriminators: RFC 5884, section 6.1.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |           version             |        global flags           |
 *   | message type  |  reply mode   |  return code  | return subcode|
 *   |                       sender's handle                         |
 *   |                       sequence number                         |
 *   |               time stamp sent (8 bytes, as NTP)               |
 *   |             time stamp received (8 bytes, as NTP)             |
 *   +-------------------------------+-------------------------------+
 *   |            type               |  length, without padding to 4 |  TLVs, and sub-TLVs in the
 * first
 *   +-------------------------------+-------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/bgp/bgp.h"
#include "print/proto/enterprise.h"
#include "print/proto/l2vpn.h"
#include "print/proto/ntp.h"

enum {
    VERSION,
    MESSAGE_TYPE = 4,
    REPLY_MODE,
    RETURN_CODE,
    RETURN_SUBCODE,
    HANDLE = 8,
    SEQUENCE = 12,
    SENT = 16,
    RECEIVED = 24,
    HEADER_LEN = 32,
};

enum { TLV_TYPE, TLV_LENGTH = 2, TLV_HEADER_LEN = 4 };

NAMES(messages, (1, "MPLS Echo Request") (2, "MPLS Echo Reply"));

NAMES(reply_modes,
      (1, "Do not reply")
      (2, "Reply via an IPv4/IPv6 UDP packet")
      (3, "Reply via an IPv4/IPv6 UDP packet with Router Alert")
      (4, "Reply via application level control channel"));

/* RFC 4379, section 3.1; some are followed by the subcode, which is a depth. */
static const struct return_code {
    const char *text;
    bool with_depth;
} return_codes[] = {
    { "No return code or return code contained in the Error Code TLV", false },
    { "Malformed echo request received", false },
    { "One or more of the TLVs was not understood", false },
    { "Replying router is an egress for the FEC at stack depth", true },
    { "Replying router has no mapping for the FEC at stack depth", true },
    { "Reserved", false },
    { "Reserved", false },
    { "Reserved", false },
    { "Label switched at stack-depth", true },
    { "Label switched but no MPLS forwarding at stack-depth",
      false }, /* as tcpdump: and not how deep */
    { "Mapping for this FEC is not the given label at stack depth", true },
    { "No label entry at stack-depth", true },
    { "Protocol not associated with interface at FEC stack depth", true },
    { "Premature termination of ping due to label stack shrinking to a single label", false },
};

/* -- What a label switched path is for: sub-TLVs of the first TLV */

typedef void fec_printer(struct dissect *d, struct view v);

static void say_rd(struct dissect *d, struct view v)
{
    const void *rd = bytes_at(d, v, 0, RD_LEN);

    say_z(d, "RD: ");
    bgp_out_rd(d, d->out, rd);
}

static void say_prefix4(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      %pI4/%lu", AT_ADDRESS(0), AT_U8(4));
}

static void say_prefix6(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      %pI6/%lu", AT_ADDRESS(0), AT_U8(16));
}

static void say_session4(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      tunnel end-point %pI4, tunnel sender %pI4, lsp-id 0x%04lx",
           AT_ADDRESS(0), AT_ADDRESS(12), AT_BE16(18));
    say_at(d, v, "\n\t      tunnel-id 0x%04lx, extended tunnel-id %pI4", AT_BE16(6), AT_ADDRESS(8));
}

static void say_session6(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      tunnel end-point %pI6, tunnel sender %pI6, lsp-id 0x%04lx",
           AT_ADDRESS(0), AT_ADDRESS(36), AT_BE16(54));
    say_at(d, v, "\n\t      tunnel-id 0x%04lx, extended tunnel-id %pI6", AT_BE16(18),
           AT_ADDRESS(20));
}

static void say_vpn4(struct dissect *d, struct view v)
{
    say_z(d, "\n\t      ");
    say_rd(d, v);
    say_at(d, v, ", %pI4/%lu", AT_ADDRESS(RD_LEN), AT_U8(RD_LEN + 4));
}

static void say_vpn6(struct dissect *d, struct view v)
{
    say_z(d, "\n\t      ");
    say_rd(d, v);
    say_at(d, v, ", %pI6/%lu", AT_ADDRESS(RD_LEN), AT_U8(RD_LEN + 16));
}

static const char *pseudowire_name(struct dissect *d, u16 type)
{
    return name_of(d, pseudowire_types, type, "unknown");
}

static void say_l2vpn(struct dissect *d, struct view v)
{
    u16 type = be16_at(d, v, RD_LEN + 4);

    say_z(d, "\n\t      ");
    say_rd(d, v);
    say_at(d, v, ", Sender VE ID: %lu, Receiver VE ID: %lu", AT_BE16(RD_LEN), AT_BE16(RD_LEN + 2));
    say(d, "\n\t      Encapsulation Type: %s (%u)", pseudowire_name(d, type), type);
}

static void say_pseudowire(struct dissect *d, struct view v, u32 off)
{
    u16 type = be16_at(d, v, off + 4);

    say_at(d, v, "\n\t      PW ID: 0x%08lx, PW Type: %s (%u)", AT_BE32(off),
           pseudowire_name(d, type), type);
}

static void say_old_pseudowire(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      Remote PE: %pI4", AT_ADDRESS(0));
    say_pseudowire(d, v, 4);
}

static void say_new_pseudowire(struct dissect *d, struct view v)
{
    say_at(d, v, "\n\t      Sender PE: %pI4, Remote PE: %pI4", AT_ADDRESS(0), AT_ADDRESS(4));
    say_pseudowire(d, v, 8);
}

static const struct fec {
    u16 type;
    const char *name;
    u8 len;
    fec_printer *say; /* NULL: dumped */
} fecs[] = {
    { 1, "LDP IPv4 prefix", 5, say_prefix4 },
    { 2, "LDP IPv6 prefix", 17, say_prefix6 },
    { 3, "RSVP IPv4 Session Query", 20, say_session4 },
    { 4, "RSVP IPv6 Session Query", 56, say_session6 },
    { 5, "Reserved", 0, NULL },
    { 6, "VPN IPv4 prefix", 13, say_vpn4 },
    { 7, "VPN IPv6 prefix", 25, say_vpn6 },
    { 8, "L2 VPN endpoint", 14, say_l2vpn },
    { 9, "FEC 128 pseudowire (old)", 10, say_old_pseudowire },
    { 10, "FEC 128 pseudowire", 14, say_new_pseudowire },
    { 12, "BGP labeled IPv4 prefix", 5, say_prefix4 },
    { 13, "BGP labeled IPv6 prefix", 17, say_prefix6 },
};

static const struct fec *find_fec(u16 type)
{
    for (size_t i = 0; i < countof(fecs); i++)
        if (fecs[i].type == type)
            return &fecs[i];
    return NULL;
}

/* What became of a TLV's value; END: nothing behind it is shown. */
enum outcome { SHOWN, TOO_SHORT, DUMP, END };

static enum outcome say_fec_stack(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        if (v.len < TLV_HEADER_LEN)
            return TOO_SHORT;
        u16 type = be16_at(d, v, TLV_TYPE);
        u32 len = be16_at(d, v, TLV_LENGTH), padded = (len + 3) & ~3u;
        const struct fec *f = find_fec(type);
        struct view value = view_claim(view_from(v, TLV_HEADER_LEN), len);

        if (TLV_HEADER_LEN + len > v.len)
            return TOO_SHORT;
        say(d, "\n\t    %s subTLV (%u), length: %u", f != NULL ? f->name : "Unknown", type, len);
        bool right = f != NULL && f->say != NULL && len == f->len;
        if (right)
            f->say(d, value);
        else if (f != NULL && f->say != NULL)
            say(d, "\n\t      invalid subTLV length, should be %u", f->len);
        if (!right || verbose(d, 2))
            hexdump(d->out, "\n\t      ", view_clip(value, len));
        if (TLV_HEADER_LEN + padded > v.len) {
            say_z(d, "\n\t\t TLV is too short");
            return END;
        }
        /* as tcpdump: the header counts, but is not skipped */
        v = view_claim(view_from(v, padded), v.len - padded - TLV_HEADER_LEN);
    }
    return SHOWN;
}

/* RFC 4379, section 3.3; what is behind the addresses is only dumped. */
static enum outcome say_downstream(struct dissect *d, struct view v)
{
    enum { IP4 = 1, IP4_UNNUMBERED, IP6, IP6_UNNUMBERED, ADDRESS = 4 };
    NAMES(types, (1, "IPv4") (2, "Unnumbered IPv4") (3, "IPv6") (4, "IPv6"));

    if (v.len < ADDRESS)
        return TOO_SHORT;
    u8 type = u8_at(d, v, 2);
    say_at(d, v, "\n\t    MTU: %lu, Address-Type: %s (%u)", AT_BE16(0),
           name_of(d, &types.names, type, "unknown"), type);
    if (type < IP4 || type > IP6_UNNUMBERED)
        return DUMP;
    bool ip4 = type == IP4 || type == IP4_UNNUMBERED, numbered = type == IP4 || type == IP6;
    u32 len = ip4 ? 4 : 16, interface_len = numbered ? len : 4;
    if (v.len < ADDRESS + len + interface_len)
        return TOO_SHORT;
    if (ip4)
        say_at(d, v, "\n\t    Downstream IP: %pI4", AT_ADDRESS(ADDRESS));
    else
        say_at(d, v, "\n\t    Downstream IP: %pI6", AT_ADDRESS(ADDRESS));
    if (!numbered)
        say_at(d, v, "\n\t    Downstream Interface Index: 0x%08lx", AT_BE32(ADDRESS + len));
    else if (ip4)
        say_at(d, v, "\n\t    Downstream Interface IP: %pI4", AT_ADDRESS(ADDRESS + len));
    else
        say_at(d, v, "\n\t    Downstream Interface IP: %pI6", AT_ADDRESS(ADDRESS + len));
    return DUMP;
}

static enum outcome say_discriminator(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return TOO_SHORT;
    say_at(d, v, "\n\t    BFD Discriminator 0x%08lx", AT_BE32(0));
    return SHOWN;
}

static enum outcome say_vendor(struct dissect *d, struct view v)
{
    if (v.len < 4)
        return TOO_SHORT;
    u32 vendor = be32_at(d, v, 0);
    say(d, "\n\t    Vendor: %s (0x%04x)", name_of(d, enterprises, vendor, "Unknown"), vendor);
    return SHOWN;
}

static enum outcome say_tlv(struct dissect *d, struct view v, u16 type)
{
    switch (type) {
    case 1: return say_fec_stack(d, v);
    case 2: return say_downstream(d, v);
    case 5: return say_vendor(d, v);
    case 15: return say_discriminator(d, v);
    default: return DUMP;
    }
}

static void say_tlvs(struct dissect *d, struct view v)
{
    NAMES(tlvs,
          (1, "Target FEC Stack")
          (2, "Downstream Mapping")
          (3, "Pad")
          (5, "Vendor Enterprise Code")
          (7, "Interface Label Stack")
          (9, "Error Code")
          (10, "Reply TOS Byte")
          (15, "BFD Discriminator")
          (0xfc00, "Vendor Private Code"));

    while (v.len > 0 && !d->sealed) {
        if (v.len < TLV_HEADER_LEN) {
            say_z(d, "\n\t\t packet is too short");
            return;
        }
        u16 type = be16_at(d, v, TLV_TYPE);
        u32 len = be16_at(d, v, TLV_LENGTH), padded = (len + 3) & ~3u;
        struct view value = view_claim(view_from(v, TLV_HEADER_LEN), len);

        say(d, "\n\t  %s TLV (%u), length: %u", name_of(d, &tlvs.names, type, "Unknown"), type, len);
        if (TLV_HEADER_LEN + len > v.len) {
            say_z(d, "\n\t\t packet is too short");
            return;
        }
        if (!need(d, value, 0, len))
            return;
        enum outcome outcome = len == 0 ? SHOWN : say_tlv(d, value, type);
        if (outcome == END)
            return;
        if (outcome == TOO_SHORT)
            say_z(d, "\n\t      TLV is too short");
        if (outcome != SHOWN || verbose(d, 2))
            hexdump(d->out, "\n\t    ", view_clip(value, len));
        if (TLV_HEADER_LEN + padded > v.len) {
            say_z(d, "\n\t\t packet is too short");
            return;
        }
        v = view_from(v, TLV_HEADER_LEN + padded);
    }
}

static void say_return_code(struct dissect *d, struct view v)
{
    u8 code = u8_at(d, v, RETURN_CODE), subcode = u8_at(d, v, RETURN_SUBCODE);

    say_z(d, "\n\t  Return Code: ");
    if (code >= countof(return_codes))
        say_z(d, "unknown");
    else if (return_codes[code].with_depth)
        say(d, "%s %u", return_codes[code].text, subcode);
    else
        say_z(d, return_codes[code].text);
    say(d, " (%u)\n\t  Return Subcode: (%u)", code, subcode);
}

void print_lspping(struct dissect *d, struct view v)
{
    d->proto = "lspping";
    if (v.len < HEADER_LEN) {
        say_z(d, "\n\t\t packet is too short");
        return;
    }
    if (!need(d, v, 0, HEADER_LEN))
        return;
    u16 version = be16_at(d, v, VERSION);
    u8 type = u8_at(d, v, MESSAGE_TYPE), mode = u8_at(d, v, REPLY_MODE);
    const char *message = name_of(d, &messages.names, type,
                                  verbose(d, 1) ? "unknown" : "unknown (%u)");
    if (version != 1) {
        say(d, "LSP-PING version %u packet not supported", version);
        return;
    }
    if (!verbose(d, 1)) {
        say_at(d, v, "LSP-PINGv%u, %s, seq %lu, length: %u", version, message, AT_BE32(SEQUENCE),
               v.len);
        return;
    }
    say(d, "\n\tLSP-PINGv%u, msg-type: %s (%u), length: %u\n\t  reply-mode: %s (%u)", version,
        message, type, v.len, name_of(d, &reply_modes.names, mode, "unknown"), mode);
    say_return_code(d, v);
    say_at(d, v, "\n\t  Sender Handle: 0x%08lx, Sequence: %lu", AT_BE32(HANDLE), AT_BE32(SEQUENCE));
    say_z(d, "\n\t  Sender Timestamp: ");
    ntp_say_timestamp(d, be64_at(d, v, SENT));
    say_z(d, " Receiver Timestamp: ");
    if (be64_at(d, v, RECEIVED) != 0)
        ntp_say_timestamp(d, be64_at(d, v, RECEIVED));
    else
        say_z(d, "no timestamp");
    say_tlvs(d, view_from(v, HEADER_LEN));
}
