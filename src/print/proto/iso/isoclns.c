/*
 * The network layer of ISO: the first byte says which protocol it is, ISO/IEC TR 9577.
 */
#include "print/hexdump.h"
#include "print/printer.h"
#include "print/proto/iso/iso.h"
#include "print/proto/nsap.h"
#include "print/proto/ppp.h"
#include "print/proto/q933.h"

SHARED_NAMES(nlpids,
             (NLPID_NULL, "NULL") (NLPID_Q933, "Q.933") (0x09, "LMI") (NLPID_SNAP, "SNAP")
             (NLPID_CLNP, "CLNP") (NLPID_ESIS, "ES-IS") (NLPID_ISIS, "IS-IS") (0x84, "CONS")
             (0x85, "IDRP") (0x8a, "X25 ES-IS") (NLPID_IP6, "IPv6") (NLPID_FRF15, "FRF.15")
             (0xc1, "ISIS_SPB") (NLPID_IP, "IPv4") (NLPID_PPP, "PPP"));

void say_iso_id(struct dissect *d, struct view v, u32 off, u32 n)
{
    if (!need(d, v, off, n))
        return;
    for (u32 i = 0; i < n; i++) {
        say_at(d, v, "%02lx", AT_U8(off + i));
        if ((i % 2 == 1 && i < 6 && i + 1 < n))
            say_z(d, ".");
        else if (i == 6 && i + 1 < n)
            say_z(d, "-");
    }
}

void say_nsap(struct dissect *d, struct view v, u32 off, u32 n)
{
    if (n < 1 || n > NSAP_MAX || need(d, v, off, n))
        out_nsap(d->out, view_sub(v, off, n));
}

/*
 * One byte of the checksum from what it has to be modulo 255.  As tcpdump: 255 for 0, and for 1
 * when it came from a negative number.
 */
static u16 check_byte(i64 value)
{
    u32 rest = (u32)((value % 255 + 255) % 255);

    return rest == 0 || (rest == 1 && value < 0) ? 255 : (u16)rest;
}

static u16 iso_checksum(struct dissect *d, struct view v, u32 at, u32 length)
{
    i64 c0 = 0, c1 = 0;

    for (u32 i = 0; i < length; i++) {
        if (i != at && i != at + 1)
            c0 += u8_at(d, v, i);
        c1 += c0;
    }
    c0 %= 255;
    c1 %= 255;
    i64 x = ((i64)length - at - 1) * c0 - c1;
    i64 y = -x - c0;
    return (u16)(check_byte(x) << 8 | check_byte(y));
}

void say_iso_checksum(struct dissect *d, struct view v, u16 sum, u32 at, u32 length)
{
    if (sum == 0 || at > length || !view_has(v, 0, length)) {
        say_z(d, " (unverified)");
        return;
    }
    u16 should_be = iso_checksum(d, v, at, length);
    if (sum == should_be)
        say_z(d, " (correct)");
    else
        say(d, " (incorrect should be 0x%04x)", should_be);
}

static void say_other(struct dissect *d, struct view v, u8 first)
{
    if (d->opt->link_header)
        say(d, "length: %u", v.len);
    else
        say(d, "OSI NLPID 0x%02x unknown, length: %u", first, v.len);
    if (v.len > 1)
        hexdump(d->out, "\n\t", v);
}

void print_isoclns(struct dissect *d, struct view v)
{
    d->proto = "isoclns";
    u8 first = u8_at(d, v, 0);
    struct view rest = view_from(v, 1);

    if (d->opt->link_header)
        say(d, "OSI NLPID %s (0x%02x): ", name_of(d, nlpids, first, "Unknown"), first);
    if (!descend(d))
        return;
    switch (first) {
    case NLPID_CLNP:
        if (!clnp(d, v))
            hexdump(d->out, "\n\t", v);
        break;
    case NLPID_ESIS: esis(d, v); break;
    case NLPID_ISIS:
        if (!isis(d, v))
            hexdump(d->out, "\n\t", v);
        break;
    case NLPID_NULL: say(d, "%slength: %u", d->opt->link_header ? "" : ", ", v.len); break;
    case NLPID_Q933: q933_message(d, rest); break;
    case NLPID_IP: print_ip(d, rest); break;
    case NLPID_IP6: print_ip6(d, rest); break;
    case NLPID_PPP: print_ppp(d, rest); break;
    default: say_other(d, v, first); break;
    }
    ascend(d);
}

void print_isoclns_ether(struct dissect *d, struct view v)
{
    d->proto = "isoclns";
    if (v.cap == 0)
        truncated(d);
    else
        print_isoclns(d, view_from(v, 1)); /* behind a control byte */
}
