/*
 * What stands in a mini build for parts of kept printers that it does without
 * (src/print/CMakeLists.txt): contents are shown as what nobody knows, codes as numbers.
 */
#include "print/printer.h"
#include "print/proto/arp.h"
#include "print/proto/atalk.h"
#include "print/proto/dvmrp.h"
#include "print/proto/icmp6/icmp6.h"
#include "print/proto/lldp/lldp.h"
#include "print/proto/mptcp.h"
#include "print/proto/pim.h"
#include "print/proto/wlan/wlan.h"

void arp_atm(struct dissect *d, struct view v)
{
    say_payload(d, v);
}

void print_atalk(struct dissect *d, struct view v)
{
    say_payload(d, v);
}
void print_token_ring(struct dissect *d, struct view v)
{
    say_payload(d, v);
}
void print_fddi(struct dissect *d, struct view v)
{
    say_payload(d, v);
}

void say_dvmrp(struct dissect *d, struct view v)
{
    say(d, ", length %u", v.len);
}
void say_pim_v1(struct dissect *d, struct view v)
{
    say(d, ", length %u", v.len);
}

/* The name of the message is there already, and its length follows. */
void say_node_information(struct dissect *d, struct view v)
{
    (void)d, (void)v;
}
void say_router_renumbering(struct dissect *d, struct view v)
{
    (void)d, (void)v;
}
void say_rpl(struct dissect *d, struct view v)
{
    (void)d, (void)v;
}

/* TLVs of organizations: true has them dumped at -v. */
bool lldp_8021(struct dissect *d, struct view v) { return (void)d, (void)v, true; }
bool lldp_8023(struct dissect *d, struct view v) { return (void)d, (void)v, true; }
bool lldp_tia(struct dissect *d, struct view v) { return (void)d, (void)v, true; }
bool lldp_dcbx(struct dissect *d, struct view v) { return (void)d, (void)v, true; }

bool mptcp_option(struct dissect *d, struct view v, u8 tcp_flags)
{
    enum { DATA = 2 };

    (void)tcp_flags;
    say_z(d, " 0x");
    say_bytes_hex(d, view_from(v, DATA));
    return true;
}

NAMES(codes, (0, "Successful")(1, "Unspecified failure"));

const char *wlan_status(struct dissect *d, u16 code)
{
    return name_of(d, &codes.names, code, "status %u");
}
const char *wlan_reason(struct dissect *d, u16 code)
{
    return name_of(d, &no_names, code, "reason %u");
}
