/*
 * Configuration options of PPP's control protocols: type 8, length 8 (of all), value.
 *
 *   LCP    RFC 1661, section 6; RFC 1570; RFC 1990, section 5
 *   IPCP   RFC 1332, section 3; RFC 1877; header compression: RFC 2509, section 2
 *   IPV6CP RFC 5072, section 4
 *   CCP    RFC 1962, section 4; RFC 1977, 1979, 2118
 *   BACP   RFC 2125, section 4
 */
#include "print/proto/ppp_options.h"

#include "print/hexdump.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/ppp.h"

enum { TYPE, LENGTH, VALUE };
enum { PACKET_HEADER_LEN = 4 };

/* One kind of option. */
struct option {
    u8 type;
    const char *name;
    u8 exactly, at_least; /* its length; 0: anything */
    bool strict;           /* as tcpdump: another length ends the walk */
    void (*say)(struct dissect *d, struct view v); /* NULL: its value is dumped */
};

/* The indent of a value's dump. */
#define DUMP_INDENT "\n\t    "

static void say_nothing(struct dissect *d, struct view v)
{
    (void)d;
    (void)v;
}

/* -- LCP */

NAMES(algorithms, (5, "MD5") (0x80, "MS-CHAPv1") (0x81, "MS-CHAPv2"));

NAMES(callbacks,
      (0, "UserAuth")
      (1, "DialString")
      (2, "LocalID")
      (3, "E.164")
      (4, "X.500")
      (6, "CBCP"));

enum end_class { END_NULL, END_LOCAL, END_IPV4, END_MAC, END_MAGIC, END_PSNDN };

static void say_vendor(struct dissect *d, struct view v)
{
    u32 oui = be24_at(d, v, VALUE);

    say(d, ": Vendor: %s (%u)", oui_name(oui), oui);
}

static void say_number(struct dissect *d, struct view v) { say_at(d, v, ": %lu", AT_BE16(VALUE)); }

static void say_hex16(struct dissect *d, struct view v) { say_at(d, v, ": 0x%04lx", AT_BE16(VALUE)); }

static void say_hex32(struct dissect *d, struct view v) { say_at(d, v, ": 0x%08lx", AT_BE32(VALUE)); }

static void say_authentication(struct dissect *d, struct view v)
{
    u16 protocol = be16_at(d, v, VALUE);

    say_z(d, ": ");
    switch (protocol) {
    case PPP_PAP: say_z(d, "PAP"); break;
    case PPP_CHAP:
        say_z(d, "CHAP");
        say(d, ", %s", name_of(d, &algorithms.names, u8_at(d, v, VALUE + 2), "Unknown Auth Alg %u"));
        break;
    case PPP_EAP: say_z(d, "EAP"); break;
    case PPP_SPAP: say_z(d, "SPAP"); break;
    case PPP_OLD_SPAP: say_z(d, "Old-SPAP"); break;
    default:
        say_z(d, ppp_protocol_name(protocol) != NULL ? ppp_protocol_name(protocol)
                                                     : "Unknown Auth Proto (0x04x)"); /* as tcpdump */
        hexdump(d->out, "\n\t", view_clip(v, v.len));
        break;
    }
}

static void say_quality(struct dissect *d, struct view v)
{
    say_z(d, be16_at(d, v, VALUE) == PPP_LQM ? ": LQR" : ": unknown");
}

static void say_callback(struct dissect *d, struct view v)
{
    say_z(d, ": ");
    u8 operation = u8_at(d, v, VALUE);
    say(d, ": Callback Operation %s (%u)",
        name_of(d, &callbacks.names, operation, "Unknown"), operation);
}

static void say_endpoint(struct dissect *d, struct view v)
{
    u8 class = u8_at(d, v, VALUE);

    switch (class) {
    case END_NULL: say_z(d, ": Null"); break;
    case END_LOCAL: say_z(d, ": Local"); break;
    case END_IPV4: say_at(d, v, ": IPv4 %pI4", AT_ADDRESS(VALUE + 1)); break;
    case END_MAC: say_at(d, v, ": MAC %pM", AT_ADDRESS(VALUE + 1)); break;
    case END_MAGIC: say_z(d, ": Magic-Num-Block"); break;
    case END_PSNDN: say_z(d, ": PSNDN"); break;
    default: say(d, ": Unknown class %u", class); break;
    }
}

/* The length that the class of an endpoint demands; 0 for any. */
static u32 endpoint_len(struct dissect *d, struct view v)
{
    switch (u8_at(d, v, VALUE)) {
    case END_IPV4: return VALUE + 1 + 4;
    case END_MAC: return VALUE + 1 + 6;
    default: return 0;
    }
}

static const struct option lcp[] = {
    { 0, "Vend-Ext", 0, 6, false, say_vendor },
    { 1, "MRU", 4, 0, false, say_number },
    { 2, "ACCM", 6, 0, false, say_hex32 },
    { 3, "Auth-Prot", 0, 4, false, say_authentication },
    { 4, "Qual-Prot", 0, 4, true, say_quality },
    { 5, "Magic-Num", 6, 0, true, say_hex32 },
    { 6, "deprecated(6)", 0, 0, false, NULL },
    { 7, "PFC", 0, 0, false, say_nothing },
    { 8, "ACFC", 0, 0, false, say_nothing },
    { 9, "FCS-Alt", 0, 0, false, NULL },
    { 10, "SDP", 0, 0, false, NULL },
    { 11, "Num-Mode", 0, 0, false, NULL },
    { 12, "deprecated(12)", 0, 0, false, NULL },
    { 13, "Call-Back", 0, 3, true, say_callback },
    { 14, "deprecated(14)", 0, 0, false, NULL },
    { 15, "deprecated(15)", 0, 0, false, NULL },
    { 16, "deprecated(16)", 0, 0, false, NULL },
    { 17, "MRRU", 4, 0, true, say_number },
    { 18, "12-Bit seq #", 0, 0, false, NULL },
    { 19, "End-Disc", 0, 3, true, say_endpoint },
    { 20, "Proprietary", 0, 0, false, NULL },
    { 21, "DCE-Id", 0, 0, false, NULL },
    { 22, "MP+", 0, 0, false, NULL },
    { 23, "Link-Disc", 4, 0, true, say_hex16 },
    { 24, "LCP-Auth-Opt", 0, 0, false, NULL },
    { 25, "COBS", 0, 0, false, NULL },
    { 26, "Prefix-elision", 0, 0, false, NULL },
    { 27, "Multilink-header-Form", 0, 0, false, NULL },
    { 28, "I18N", 0, 0, false, NULL },
    { 29, "SDL-over-SONET/SDH", 0, 0, false, NULL },
    { 30, "PPP-Muxing", 0, 0, false, NULL },
    { 0, NULL, 0, 0, false, NULL },
};

/* -- IPCP */

/* RFC 2509, section 2.1, from the beginning of the option. */
enum {
    COMPRESSION = 2, TCP_SPACE = 4, NON_TCP_SPACE = 6, MAX_PERIOD = 8, MAX_TIME = 10, MAX_HEADER = 12,
    SUBOPTIONS = 14,
};

enum { COMPRESSION_VJ = 0x002d, COMPRESSION_HEADER = 0x0061 };

NAMES(compressions, (COMPRESSION_VJ, "VJ-Comp") (COMPRESSION_HEADER, "IP Header Compression"));

NAMES(suboptions, (1, "RTP-Compression") (2, "Enhanced RTP-Compression"));

static void say_addresses(struct dissect *d, struct view v)
{
    say_at(d, v, ": src %pI4, dst %pI4", AT_ADDRESS(VALUE), AT_ADDRESS(VALUE + 4));
}

static void say_address(struct dissect *d, struct view v)
{
    say_at(d, v, ": %pI4", AT_ADDRESS(VALUE));
}

static void say_compression(struct dissect *d, struct view v)
{
    u16 kind = be16_at(d, v, COMPRESSION);

    say(d, ": %s (0x%02x):", name_of(d, &compressions.names, kind, "Unknown"), kind);
}

/*
 * What follows the name of the compression.  Returns where a dump of the option begins, as tcpdump behind the
 * suboptions that were shown; 0 when the walk is to end.
 */
static u32 say_compression_values(struct dissect *d, struct view v)
{
    if (be16_at(d, v, COMPRESSION) != COMPRESSION_HEADER)
        return VALUE;
    if (v.len < SUBOPTIONS) {
        say(d, " (length bogus, should be >= %u)", (unsigned)SUBOPTIONS);
        return 0;
    }
    if (!view_has(v, 0, SUBOPTIONS + 2)) { /* as tcpdump: two bytes more than are read */
        say_z(d, "[|ipcp]");
        return 0;
    }
    say_at(d, v, "\n\t    TCP Space %lu, non-TCP Space %lu, maxPeriod %lu, maxTime %lu, maxHdr %lu",
           AT_BE16(TCP_SPACE), AT_BE16(NON_TCP_SPACE), AT_BE16(MAX_PERIOD), AT_BE16(MAX_TIME),
           AT_BE16(MAX_HEADER));
    if (v.len == SUBOPTIONS)
        return VALUE;
    struct view rest = view_from(v, SUBOPTIONS);
    say(d, "\n\t      Suboptions, length %u", rest.len);
    while (rest.len >= 2) {
        if (!view_has(rest, 0, 2)) {
            say_z(d, "[|ipcp]");
            return 0;
        }
        u8 type = u8_at(d, rest, TYPE), len = u8_at(d, rest, LENGTH);
        if (type == 0 || len == 0)
            break;
        say(d, "\n\t\t%s Suboption #%u, length %u", name_of(d, &suboptions.names, type, "Unknown"),
            type, len);
        if (len > rest.len) {
            say(d, " [remaining suboptions length %u < %u]", rest.len, len);
            invalid(d);
            break;
        }
        rest = view_from(rest, len);
    }
    return v.len - rest.len + VALUE;
}

static const struct option ipcp[] = {
    { 1, "IP-Addrs", 10, 0, false, say_addresses },
    { 2, "IP-Comp", 0, 4, true, say_compression },
    { 3, "IP-Addr", 6, 0, true, say_address },
    { 4, "Home-Addr", 6, 0, true, say_address },
    { 129, "Pri-DNS", 6, 0, true, say_address },
    { 130, "Pri-NBNS", 6, 0, true, say_address },
    { 131, "Sec-DNS", 6, 0, true, say_address },
    { 132, "Sec-NBNS", 6, 0, true, say_address },
    { 0, NULL, 0, 0, false, NULL },
};

/* -- IPV6CP */

static void say_interface(struct dissect *d, struct view v)
{
    say_at(d, v, ": %04lx:%04lx:%04lx:%04lx", AT_BE16(VALUE), AT_BE16(VALUE + 2),
           AT_BE16(VALUE + 4), AT_BE16(VALUE + 6));
}

static const struct option ip6cp[] = {
    { 1, "Interface-ID", 10, 0, false, say_interface },
    { 0, NULL, 0, 0, false, NULL },
};

/* -- CCP */

static void say_bsd(struct dissect *d, struct view v)
{
    u8 byte = u8_at(d, v, VALUE);

    say(d, ": Version: %u, Dictionary Bits: %u", (u32)byte >> 5, byte & 0x1fu);
}

static void say_mvrca(struct dissect *d, struct view v)
{
    u8 features = u8_at(d, v, VALUE), contexts = u8_at(d, v, VALUE + 1);

    say(d, ": Features: %u, PxP: %s, History: %u, #CTX-ID: %u", (u32)(features & 0xc0) >> 6,
        (features & 0x20) != 0 ? "Enabled" : "Disabled", features & 0x1fu, contexts);
}

static void say_deflate(struct dissect *d, struct view v)
{
    u8 first = u8_at(d, v, VALUE), second = u8_at(d, v, VALUE + 1);

    say(d, ": Window: %uK, Method: %s (0x%x), MBZ: %u, CHK: %u", (u32)first >> 4,
        (first & 15) == 8 ? "zlib" : "unknown", first & 15u, (u32)second >> 2, second & 3u);
}

static const struct option ccp[] = {
    { 0, "OUI", 0, 0, false, NULL },
    { 1, "Pred-1", 0, 0, false, NULL },
    { 2, "Pred-2", 0, 0, false, NULL },
    { 3, "Puddle", 0, 0, false, NULL },
    { 16, "HP-PPC", 0, 0, false, NULL },
    { 17, "Stac-LZS", 0, 0, false, NULL },
    { 18, "MPPC", 0, 0, false, NULL },
    { 19, "Gand-FZA", 0, 0, false, NULL },
    { 20, "V.42bis", 0, 0, false, NULL },
    { 21, "BSD-Comp", 0, 3, false, say_bsd },
    { 23, "LZS-DCP", 0, 0, false, NULL },
    { 24, "MVRCA", 0, 4, false, say_mvrca },
    { 25, "DEC", 0, 0, false, NULL },
    { 26, "Deflate", 0, 4, false, say_deflate },
    { 255, "Reserved", 0, 0, false, NULL },
    { 0, NULL, 0, 0, false, NULL },
};

/* -- BACP */

static void say_peer(struct dissect *d, struct view v)
{
    say_at(d, v, ": Magic-Num 0x%08lx", AT_BE32(VALUE));
}

static const struct option bacp[] = {
    { 1, "Favored-Peer", 6, 0, false, say_peer },
    { 0, NULL, 0, 0, false, NULL },
};

/* As tcpdump, options that are cut between two of them end the walk, not the packet's text. */
struct family {
    u16 protocol;
    const struct option *options;
    const char *unknown;
    const char *cut; /* what is then written */
    bool whole;      /* a value that is cut does the same */
};

static const struct family families[] = {
    { PPP_LCP, lcp, NULL, "[|lcp]", false },
    { PPP_IPCP, ipcp, "unknown", "[|ipcp]", false },
    { PPP_IPV6CP, ip6cp, "unknown", "[|ip6cp]", true },
    { PPP_CCP, ccp, "Unknown", "[|ccp]", false },
    { PPP_BACP, bacp, "Unknown", "[|bacp]", false },
};

static const struct option *find(const struct option *options, u8 type)
{
    while (options->name != NULL && options->type != type)
        options++;
    return options;
}

/* One option, whose two first bytes are captured.  False when its length stops the walk. */
static bool say_option(struct dissect *d, const struct family *f, struct view v)
{
    u8 type = u8_at(d, v, TYPE), len = u8_at(d, v, LENGTH);
    const struct option *o = find(f->options, type);
    const char *name = o->name != NULL ? o->name : f->unknown;

    if (name == NULL) {
        say(d, "\n\tunknown LCP option 0x%02x", type);
        return len >= VALUE;
    }
    say(d, "\n\t  %s Option (0x%02x), length %u", name, type, len);
    if (len < VALUE) {
        say_z(d, " (length bogus, should be >= 2)");
        return false;
    }
    v = view_claim(v, len); /* as tcpdump, a value may be read that the length does not cover */
    if (o->exactly != 0 && len != o->exactly) {
        say(d, " (length bogus, should be = %u)", o->exactly);
        return !o->strict;
    }
    if (len < o->at_least) {
        say(d, " (length bogus, should be >= %u)", o->at_least);
        return !o->strict;
    }
    u32 demanded = o->say == say_endpoint ? endpoint_len(d, v) : 0;
    if (demanded != 0 && demanded != len) {
        say(d, " (length bogus, should be = %u)", demanded);
        return false;
    }
    if (f->whole && o->say != NULL && !view_has(v, 0, len)) {
        say_z(d, f->cut);
        return false;
    }
    if (o->say != NULL)
        o->say(d, v);
    u32 from = o->say == say_compression ? say_compression_values(d, v) : VALUE;
    if (from == 0)
        return false;
    if ((!verbose(d, 2) && o->say != NULL) || len <= VALUE)
        return true;
    if (from <= v.cap)
        hexdump(d->out, DUMP_INDENT, view_sub(v, from, len - VALUE));
    return true;
}

/*
 * As tcpdump, an option's length is compared with that of the whole packet before it is shown, and
 * with what is left of the options only afterwards, so that the last one may reach beyond.
 */
static void say_options(struct dissect *d, const struct family *f, struct view v, u32 total)
{
    for (u32 left = total; left > 0 && !d->sealed;) {
        if (!view_has(v, 0, VALUE)) {
            say_z(d, f->cut);
            return;
        }
        u8 len = u8_at(d, v, LENGTH);
        if (len > PACKET_HEADER_LEN + total || !say_option(d, f, v))
            return;
        if (len > left) {
            say(d, " [remaining options length %u < %u]", left, len);
            invalid(d);
            return;
        }
        left -= len;
        v = view_from(v, len);
    }
}

void ppp_options(struct dissect *d, u16 protocol, struct view v, u32 total)
{
    for (size_t i = 0; i < countof(families); i++)
        if (families[i].protocol == protocol)
            say_options(d, &families[i], v, total);
}
