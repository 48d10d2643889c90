/*
 * IS-IS: intermediate system to intermediate system routing.  ISO 10589, clause 9; RFC 1195.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |     0x83      | header length |    version    |  length of ids|
 *   |     type      | its version   |   reserved    |   max areas   |
 *   |  fixed part, which depends on the type; then TLVs ...         |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/iso/isis.h"

#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/iso/iso.h"

enum {
    DISCRIMINATOR,
    HEADER_LEN,
    VERSION,
    ID_LEN,
    PDU_TYPE,
    PDU_VERSION,
    RESERVED,
    MAX_AREA,
    COMMON_LEN
};

enum pdu_type {
    L1_LAN_HELLO = 15,
    L2_LAN_HELLO,
    P2P_HELLO,
    L1_LSP,
    L2_LSP = 20,
    L1_CSNP = 24,
    L2_CSNP,
    L1_PSNP,
    L2_PSNP,
};

NAMES(pdu_types,
      (L1_LAN_HELLO, "L1 Lan IIH") (L2_LAN_HELLO, "L2 Lan IIH") (P2P_HELLO, "p2p IIH")
      (L1_LSP, "L1 LSP") (L2_LSP, "L2 LSP") (L1_CSNP, "L1 CSNP") (L2_CSNP, "L2 CSNP")
      (L1_PSNP, "L1 PSNP") (L2_PSNP, "L2 PSNP"));

/* The fixed parts, from the packet's start. */
enum {
    HELLO_CIRCUIT = 8,
    HELLO_SOURCE,
    HELLO_HOLD_TIME = 15,
    HELLO_LENGTH = 17,
    HELLO_PRIORITY = 19,
    HELLO_LAN_ID,
    HELLO_CIRCUIT_ID = 19,
    LAN_HELLO_LEN = 27,
    P2P_HELLO_LEN = 20,
    PRIORITY_MASK = 0x7f
};
enum {
    LSP_LENGTH = 8,
    LSP_LIFETIME = 10,
    LSP_ID = 12,
    LSP_SEQUENCE = 20,
    LSP_CHECKSUM = 24,
    LSP_FLAGS = 26,
    LSP_LEN
};
enum {
    SNP_LENGTH = 8,
    SNP_SOURCE = 10,
    PSNP_LEN = 17,
    CSNP_START = 17,
    CSNP_END = 25,
    CSNP_LEN = 33
};

NAMES(circuit_types, (1, "Level 1 only") (2, "Level 2 only") (3, "Level 1, Level 2"));

enum { OVERLOAD = 0x04, ATTACHED = 0x78, PARTITION = 0x80, IS_TYPE = 0x03 };

NAMES(attached, (0x08, "default") (0x10, "delay") (0x20, "expense") (0x40, "error"));

NAMES(is_types, (1, "L1 IS") (3, "L2 IS"));

/* -- without -v */

static void say_brief(struct dissect *d, struct view v, u8 type)
{
    switch (type) {
    case L1_LAN_HELLO:
    case L2_LAN_HELLO:
        say_z(d, ", src-id ");
        say_iso_id(d, v, HELLO_SOURCE, SYSTEM_ID_LEN);
        say_z(d, ", lan-id ");
        say_iso_id(d, v, HELLO_LAN_ID, NODE_ID_LEN);
        say_at(d, v, ", prio %lu", AT_U8(HELLO_PRIORITY));
        break;
    case P2P_HELLO:
        say_z(d, ", src-id ");
        say_iso_id(d, v, HELLO_SOURCE, SYSTEM_ID_LEN);
        break;
    case L1_PSNP:
    case L2_PSNP:
    case L1_CSNP:
    case L2_CSNP:
        say_z(d, ", src-id ");
        say_iso_id(d, v, SNP_SOURCE, NODE_ID_LEN);
        break;
    case L1_LSP:
    case L2_LSP:
        say_z(d, ", lsp-id ");
        say_iso_id(d, v, LSP_ID, LSP_ID_LEN);
        say_at(d, v, ", seq 0x%08lx", AT_BE32(LSP_SEQUENCE));
        say_at(d, v, ", lifetime %5lus", AT_BE16(LSP_LIFETIME));
        break;
    default: break;
    }
    say(d, ", length %u", v.len);
}

/* -- the fixed parts, with -v.  Each returns the length that the packet says it has. */

static void say_circuit_type(struct dissect *d, u8 type)
{
    say(d, ", Flags: [%s]", name_of(d, &circuit_types.names, type, "unknown circuit type 0x%02x"));
}

static u16 say_lan_hello(struct dissect *d, struct view v)
{
    say_z(d, "\n\t  source-id: ");
    say_iso_id(d, v, HELLO_SOURCE, SYSTEM_ID_LEN);
    say_at(d, v, ",  holding time: %lus", AT_BE16(HELLO_HOLD_TIME));
    say_circuit_type(d, u8_at(d, v, HELLO_CIRCUIT));
    say_z(d, "\n\t  lan-id:    ");
    say_iso_id(d, v, HELLO_LAN_ID, NODE_ID_LEN);
    say(d, ", Priority: %u", u8_at(d, v, HELLO_PRIORITY) & PRIORITY_MASK);
    u16 length = be16_at(d, v, HELLO_LENGTH);
    say(d, ", PDU length: %u", length);
    return length;
}

static u16 say_p2p_hello(struct dissect *d, struct view v)
{
    say_z(d, "\n\t  source-id: ");
    say_iso_id(d, v, HELLO_SOURCE, SYSTEM_ID_LEN);
    say_at(d, v, ", holding time: %lus", AT_BE16(HELLO_HOLD_TIME));
    say_circuit_type(d, u8_at(d, v, HELLO_CIRCUIT));
    say_at(d, v, "\n\t  circuit-id: 0x%02lx", AT_U8(HELLO_CIRCUIT_ID));
    u16 length = be16_at(d, v, HELLO_LENGTH);
    say(d, ", PDU length: %u", length);
    return length;
}

static void say_lsp_flags(struct dissect *d, u8 flags)
{
    say(d, ", Flags: [ %s", (flags & OVERLOAD) != 0 ? "Overload bit set, " : "");
    if ((flags & ATTACHED) != 0)
        say(d, "%s ATT bit set, ", flags_of(d, &attached.names, flags, " ", ""));
    if ((flags & PARTITION) != 0)
        say_z(d, "P bit set, ");
    say(d, "%s ]", name_of(d, &is_types.names, flags & IS_TYPE, "Unused 0x%x (invalid)"));
}

static u16 say_lsp(struct dissect *d, struct view v)
{
    u16 length = be16_at(d, v, LSP_LENGTH), sum = be16_at(d, v, LSP_CHECKSUM);
    u16 lifetime = be16_at(d, v, LSP_LIFETIME);
    u32 covered = length < v.len ? length : v.len;

    say_z(d, "\n\t  lsp-id: ");
    say_iso_id(d, v, LSP_ID, LSP_ID_LEN);
    say_at(d, v, ", seq: 0x%08lx, lifetime: %5us\n\t  chksum: 0x%04x", AT_BE32(LSP_SEQUENCE),
           lifetime, sum);
    say_iso_checksum(d, view_from(v, LSP_ID), sum, LSP_CHECKSUM - LSP_ID, covered - LSP_ID);
    say(d, ", PDU length: %u", length);
    say_lsp_flags(d, u8_at(d, v, LSP_FLAGS));
    return length;
}

static u16 say_snp(struct dissect *d, struct view v)
{
    u16 length = be16_at(d, v, SNP_LENGTH);

    say_z(d, "\n\t  source-id:    ");
    say_iso_id(d, v, SNP_SOURCE, NODE_ID_LEN);
    say(d, ", PDU length: %u", length);
    return length;
}

static u16 say_csnp(struct dissect *d, struct view v)
{
    u16 length = say_snp(d, v);

    say_z(d, "\n\t  start lsp-id: ");
    say_iso_id(d, v, CSNP_START, LSP_ID_LEN);
    say_z(d, "\n\t  end lsp-id:   ");
    say_iso_id(d, v, CSNP_END, LSP_ID_LEN);
    return length;
}

static const struct fixed {
    u8 type, length;
    u16 (*say)(struct dissect *d, struct view v);
} fixed_parts[] = {
    { L1_LAN_HELLO, LAN_HELLO_LEN, say_lan_hello },
    { L2_LAN_HELLO, LAN_HELLO_LEN, say_lan_hello },
    { P2P_HELLO, P2P_HELLO_LEN, say_p2p_hello },
    { L1_LSP, LSP_LEN, say_lsp },
    { L2_LSP, LSP_LEN, say_lsp },
    { L1_CSNP, CSNP_LEN, say_csnp },
    { L2_CSNP, CSNP_LEN, say_csnp },
    { L1_PSNP, PSNP_LEN, say_snp },
    { L2_PSNP, PSNP_LEN, say_snp },
};

static const struct fixed *find(u8 type)
{
    for (size_t i = 0; i < countof(fixed_parts); i++)
        if (fixed_parts[i].type == type)
            return &fixed_parts[i];
    return NULL;
}

/* As tcpdump: two of the numbers are those of the fixed part alone, and one comma is a dash. */
static void say_bogus_header(struct dissect *d, const struct fixed *f, u8 header_len)
{
    bool lsp = f->type == L1_LSP || f->type == L2_LSP;
    bool psnp = f->type == L1_PSNP || f->type == L2_PSNP;

    say(d, "%s bogus fixed header length %u should be %u", psnp ? "-" : ",", header_len,
        lsp ? f->length - (u32)COMMON_LEN : f->length);
}

static void say_details(struct dissect *d, struct view v, const struct fixed *f)
{
    u16 length = f->say(d, v);
    if (verbose(d, 2))
        hexdump(d->out, "\n\t  ", view_sub(v, COMMON_LEN, f->length - (u32)COMMON_LEN));
    if (length < f->length) {
        say(d, " [packet length %u < %u]", length, f->length);
        invalid(d);
        return;
    }
    isis_tlvs(d, v, f->length, length);
}

/* Whether the header makes sense; the text says why not. */
static bool is_valid(struct dissect *d, struct view v)
{
    u8 header_len = u8_at(d, v, HEADER_LEN), version = u8_at(d, v, VERSION),
       id_len = u8_at(d, v, ID_LEN);
    u8 pdu_version = u8_at(d, v, PDU_VERSION), areas = u8_at(d, v, MAX_AREA);

    if (version != 1) {
        say(d, "version %u packet not supported", version);
    } else if (id_len != 0 && id_len != SYSTEM_ID_LEN) {
        say(d, "system ID length of %u is not supported", id_len);
    } else if (pdu_version != 1) {
        say(d, "version %u packet not supported", pdu_version);
    } else if (v.len < header_len) {
        say(d, "fixed header length %u > packet length %u", header_len, v.len);
    } else if (header_len < COMMON_LEN) {
        say(d, "fixed header length %u < minimum header size %u", header_len, (unsigned)COMMON_LEN);
    } else if (areas == 255) {
        say_z(d, "bad packet -- 255 areas");
    } else {
        return true;
    }
    return false;
}

static bool say_packet(struct dissect *d, struct view v)
{
    if (!want(d, v, 0, COMMON_LEN))
        return true;
    if (!d->opt->link_header)
        say_z(d, "IS-IS");
    if (!is_valid(d, v))
        return false;
    u8 header_len = u8_at(d, v, HEADER_LEN), type = u8_at(d, v, PDU_TYPE),
       areas = u8_at(d, v, MAX_AREA);
    const char *comma = d->opt->link_header ? "" : ", ";
    const struct fixed *f = find(type);

    if (verbose(d, 1)) {
        say(d, "%slength %u", comma, v.len);
        say_at(d, v,
               "\n\t%s, hlen: %u, v: %lu, pdu-v: %lu, sys-id-len: %u (%lu), max-area: %u (%u)",
               name_of(d, &pdu_types.names, type, "unknown, type %u"), header_len, AT_U8(VERSION),
               AT_U8(PDU_VERSION), (unsigned)SYSTEM_ID_LEN, AT_U8(ID_LEN), areas == 0 ? 3 : areas,
               areas);
        if (verbose(d, 2))
            hexdump(d->out, "\n\t", view_clip(v, COMMON_LEN));
    } else {
        say(d, "%s%s", comma, name_of(d, &pdu_types.names, type, "unknown PDU-Type %u"));
    }
    if (f != NULL && f->length != header_len) {
        say_bogus_header(d, f, header_len);
        return false;
    }
    if (f != NULL && !want(d, v, COMMON_LEN, f->length - (u32)COMMON_LEN))
        return true;
    if (!verbose(d, 1)) {
        say_brief(d, v, type);
        return true;
    }
    if (f != NULL) {
        say_details(d, v, f);
        return true;
    }
    hexdump(d->out, "\n\t  ", view_from(v, COMMON_LEN));
    return false;
}

bool isis(struct dissect *d, struct view v)
{
    d->proto = "isis";
    bool fine = say_packet(d, v);
    fine = fine || d->sealed;
    resume(d);
    return fine;
}
