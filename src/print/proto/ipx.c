/*
 * IPX: Novell's internetwork packet exchange, with its routing (RIP) and service advertising (SAP)
 * protocols.  Novell, "IPX Router Specification", sections 2 to 4.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |           checksum            |            length             |
 *   +---------------+---------------+-------------------------------+
 *   |     hops      |     type      |  destination: network 4, node 6, socket 2
 *   |  source: network 4, node 6, socket 2                          |
 *   +---------------------------------------------------------------+
 *
 *   SAP: operation 2; service: type 2, name 48, network 4, node 6, socket 2, hops 2 ...
 *   RIP: operation 2; route: network 4, hops 2, ticks 2 ...
 */
#include "base/ipproto.h"
#include "print/printer.h"
#include "print/proto/ipx_services.h"

enum { LENGTH = 2, DESTINATION = 6, SOURCE = 18, HEADER_LEN = 30 };

/* Of an address. */
enum { NODE = 4, SOCKET = 10, NODE_LEN = 6 };

/* Sockets that the reference knows. */
enum socket {
    SOCKET_NCP = 0x0451,
    SOCKET_SAP,
    SOCKET_RIP,
    SOCKET_NETBIOS = 0x0455,
    SOCKET_DIAGNOSTICS,
    SOCKET_NWLINK = 0x0553,
    SOCKET_EIGRP = 0x85be,
};

enum {
    SAP_NAME = 2,
    SAP_NAME_LEN = 48,
    SAP_NETWORK = 50,
    SAP_NODE = 54,
    SAP_ENTRY_LEN = 64,
    SAP_ENTRIES_MAX = 8
};
enum sap_operation { SAP_REQUEST = 1, SAP_RESPONSE, SAP_NEAREST_REQUEST, SAP_NEAREST_RESPONSE };

enum { RIP_HOPS = 4, RIP_TICKS = 6, RIP_ENTRY_LEN = 8 };
enum rip_operation { RIP_REQUEST = 1, RIP_RESPONSE };

static void say_address(struct dissect *d, struct view v)
{
    say_at(d, v, "%08lx.%pm.%04lx", AT_BE32(0), bytes_at(d, v, NODE, NODE_LEN), AT_BE16(SOCKET));
}

static void say_service_type(struct dissect *d, u16 type)
{
    const char *name = d->opt->numeric ? NULL : ipx_service(type);

    say(d, " %s",
        name != NULL ? name : name_of(d, &no_names, type, "%04x"));
}

static void say_services(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < SAP_ENTRIES_MAX && v.len > 0 && !d->sealed; i++) {
        if (v.len < SAP_NAME) {
            invalid(d);
            return;
        }
        say_service_type(d, be16_at(d, v, 0));
        if (v.len < SAP_NETWORK) {
            say_z(d, " ''");
            invalid(d);
            return;
        }
        say_z(d, " '");
        if (!say_until_nul(d, view_sub(v, SAP_NAME, SAP_NAME_LEN)))
            seal(d);
        say_z(d, "'");
        if (v.len < SAP_ENTRY_LEN) {
            invalid(d);
            return;
        }
        say_at(d, v, " addr %08lx.%pm", AT_BE32(SAP_NETWORK), bytes_at(d, v, SAP_NODE, NODE_LEN));
        if (!need(d, v, 0, SAP_ENTRY_LEN))
            return;
        v = view_from(v, SAP_ENTRY_LEN);
    }
}

/* Whether there is room for the operation that SAP and RIP begin with; says so when not. */
static bool holds_operation(struct dissect *d, struct view v)
{
    if (v.len >= 2)
        return true;
    say(d, " [length %u < 2]", v.len);
    invalid(d);
    return false;
}

static void say_sap(struct dissect *d, struct view v)
{
    u16 operation = be16_at(d, v, 0);

    if (!holds_operation(d, v))
        return;
    v = view_from(v, 2);
    switch (operation) {
    case SAP_REQUEST:
    case SAP_NEAREST_REQUEST:
        say_z(d, operation == SAP_REQUEST ? "ipx-sap-req" : "ipx-sap-nearest-req");
        if (v.len >= 2)
            say_service_type(d, be16_at(d, v, 0));
        else if (v.len > 0)
            invalid(d);
        break;
    case SAP_RESPONSE:
    case SAP_NEAREST_RESPONSE:
        say_z(d, operation == SAP_RESPONSE ? "ipx-sap-resp" : "ipx-sap-nearest-resp");
        say_services(d, v);
        break;
    default: say(d, "ipx-sap-?%x", operation); break;
    }
}

static void say_route(struct dissect *d, struct view v)
{
    if (v.len < RIP_ENTRY_LEN) {
        invalid(d);
        return;
    }
    say_at(d, v, " %08lx/%lu.%lu", AT_BE32(0), AT_BE16(RIP_HOPS), AT_BE16(RIP_TICKS));
}

static void say_rip(struct dissect *d, struct view v)
{
    u16 operation = be16_at(d, v, 0);

    if (!holds_operation(d, v))
        return;
    v = view_from(v, 2);
    switch (operation) {
    case RIP_REQUEST:
        say_z(d, "ipx-rip-req");
        if (v.len > 0)
            say_route(d, v);
        break;
    case RIP_RESPONSE:
        say_z(d, "ipx-rip-resp");
        for (; v.len > 0 && !d->sealed; v = view_from(v, RIP_ENTRY_LEN))
            say_route(d, v);
        break;
    default: say(d, "ipx-rip-?%x", operation); break;
    }
}

static void say_content(struct dissect *d, u16 socket, struct view v)
{
    switch (socket) {
    case SOCKET_SAP: say_sap(d, v); break;
    case SOCKET_RIP: say_rip(d, v); break;
    case SOCKET_EIGRP: print_eigrp(d, v); break;
    case SOCKET_NCP: say(d, "ipx-ncp %u", v.len); break;
    case SOCKET_NETBIOS: say(d, "ipx-netbios %u", v.len); break;
    case SOCKET_DIAGNOSTICS: say(d, "ipx-diags %u", v.len); break;
    case SOCKET_NWLINK: say(d, "ipx-nwlink-dgm %u", v.len); break;
    default: say(d, "ipx-#%x %u", socket, v.len); break;
    }
}

void print_ipx(struct dissect *d, struct view v)
{
    d->proto = "ipx";
    if (!d->opt->link_header)
        say_z(d, "IPX ");
    if (!need(d, v, SOURCE + SOCKET, 2))
        return;
    say_address(d, view_from(v, SOURCE));
    say_z(d, " > ");
    say_address(d, view_from(v, DESTINATION));
    say_z(d, ": ");
    u16 len = be16_at(d, v, LENGTH);
    if (len < HEADER_LEN) {
        say(d, "[length %u < %u]", len, (unsigned)HEADER_LEN);
        invalid(d);
        return;
    }
    say_content(d, be16_at(d, v, DESTINATION + SOCKET),
                view_claim(view_from(v, HEADER_LEN), len - HEADER_LEN));
}

/* In Ethernet II frames, one of the four framings that Novell has used. */
void print_ipx_ether(struct dissect *d, struct view v)
{
    say_z(d, "(NOV-ETHII) ");
    print_ipx(d, v);
}
