/* The tables made of registry.def, and the look-ups in them. */
#include "print/registry.h"

#include "base/ethertype.h"
#include "base/ipproto.h"
#include "base/linktype.h"
#include "base/llc.h"
#include "base/port.h"
#include "print/printers.h"
#include "print/proto/ppp.h"

/* One way to a printer in a space with plain keys. */
struct route {
    u32 key;
    printer *print;
};

#define ROUTES_END { 0, NULL }
#define ROUTE(key, printer_, name) { key, print_##printer_ },

static const struct route link_routes[] = {
#define LINK ROUTE
#include "print/rows.def"
    ROUTES_END
};

static const struct route ether_routes[] = {
#define ETHER ROUTE
#include "print/rows.def"
    ROUTES_END
};

static const struct route ip_routes[] = {
#define IPPROTO ROUTE
#include "print/rows.def"
    ROUTES_END
};

static const struct route ppp_routes[] = {
#define PPP ROUTE
#include "print/rows.def"
    ROUTES_END
};

static const struct route llc_routes[] = {
#define LLC ROUTE
#include "print/rows.def"
    ROUTES_END
};

/* SNAP keys are the OUI and the type side by side; types have 16 bits. */
#define SNAP_KEY(oui, type) ((u64)(oui) << 16 | (type))

static const struct {
    u64 key;
    printer *print;
} snap_routes[] = {
#define SNAP(oui, type, printer_, name) { SNAP_KEY(oui, type), print_##printer_ },
#include "print/rows.def"
    { 0, NULL }
};

enum { SRC = 1, DST = 2, EITHER = SRC | DST };

struct port_route {
    u16 port;
    u8 sides;
    guard *wanted; /* NULL: always */
    printer *print;
};

static const struct port_route tcp_routes[] = {
#define TCP(side, port, printer_, name)           { port, side, NULL, print_##printer_ },
#define TCP_IF(guard_, side, port, printer_, name) { port, side, guard_, print_##printer_ },
#include "print/rows.def"
    { 0, 0, NULL, NULL }
};

static const struct port_route udp_routes[] = {
#define UDP(side, port, printer_, name)           { port, side, NULL, print_##printer_ },
#define UDP_IF(guard_, side, port, printer_, name) { port, side, guard_, print_##printer_ },
#include "print/rows.def"
    { 0, 0, NULL, NULL }
};

/* Ports that come in ranges; few enough to be tried one by one. */
static const struct {
    u16 first, last;
    struct port_route route;
} udp_ranges[] = {
#define UDP_RANGE_IF(guard_, side, first, last, printer_, name)                                    \
    { first, last, { 0, side, guard_, print_##printer_ } },
#include "print/rows.def"
    { 0, 0, { 0, 0, NULL, NULL } }
};

static const struct port_route udp_plain_routes[] = {
#define UDP_PLAIN_IF(guard_, side, port, printer_, name) { port, side, guard_, print_##printer_ },
#include "print/rows.def"
    { 0, 0, NULL, NULL }
};

static const struct route forced_tcp_routes[] = {
#define FORCED_TCP ROUTE
#include "print/rows.def"
    ROUTES_END
};

static const struct route forced_udp_routes[] = {
#define FORCED_UDP ROUTE
#include "print/rows.def"
    ROUTES_END
};

static const char *const names[] = {
#define LINK(key, printer_, name)               name,
#define ETHER(key, printer_, name)              name,
#define IPPROTO(key, printer_, name)            name,
#define PPP(key, printer_, name)                name,
#define TCP(side, key, printer_, name)          name,
#define UDP(side, key, printer_, name)          name,
#define TCP_IF(guard_, side, key, printer_, name) name,
#define UDP_IF(guard_, side, key, printer_, name) name,
#define UDP_RANGE_IF(guard_, side, first, last, printer_, name) name,
#define UDP_PLAIN_IF(guard_, side, key, printer_, name) name,
#define LLC(key, printer_, name)                name,
#define SNAP(oui, key, printer_, name)          name,
#include "print/rows.def"
    NULL
};

static printer *find(const struct route *r, u32 key)
{
    for (; r->print != NULL; r++)
        if (r->key == key)
            return r->print;
    return NULL;
}

static bool dispatch(printer *print, struct dissect *d, struct view v)
{
    if (print == NULL)
        return false;
    print(d, v);
    return true;
}

bool dispatch_link(struct dissect *d, u32 linktype, struct view v)
{
    return dispatch(find(link_routes, linktype), d, v);
}

bool dispatch_ether(struct dissect *d, u16 ethertype, struct view v)
{
    return dispatch(find(ether_routes, ethertype), d, v);
}

bool dispatch_ip_protocol(struct dissect *d, u8 protocol, struct view v)
{
    return dispatch(find(ip_routes, protocol), d, v);
}

bool dispatch_ppp(struct dissect *d, u16 protocol, struct view v)
{
    return dispatch(find(ppp_routes, protocol), d, v);
}

static u32 slot_of(u16 port) { return (u32)(port * 0x9e3779b1u) >> 24; }

/* The first row of a port, counted from 1, or 0. */
static u32 first_row(const struct port_index *x, u16 port)
{
    u32 i = slot_of(port);

    while (x->slots[i].row != 0 && x->slots[i].port != port)
        i = (i + 1) % PORT_SLOTS;
    return x->slots[i].row;
}

_Static_assert(countof(tcp_routes) <= PORT_ROWS_MAX && countof(udp_routes) <= PORT_ROWS_MAX,
               "a row's number fits the index");

static void index_ports(struct port_index *x, const struct port_route *r, u32 count)
{
    for (u32 row = count; row >= 1; row--) {
        u16 port = r[row - 1].port;
        u32 i = slot_of(port);
        while (x->slots[i].row != 0 && x->slots[i].port != port)
            i = (i + 1) % PORT_SLOTS;
        x->next[row] = x->slots[i].row;
        x->slots[i].port = port;
        x->slots[i].row = (u8)row;
    }
}

void registry_start(struct registry *r)
{
    *r = (struct registry){ 0 };
    index_ports(&r->tcp, tcp_routes, countof(tcp_routes) - 1);
    index_ports(&r->udp, udp_routes, countof(udp_routes) - 1);
}

static bool applies(const struct port_route *r, struct dissect *d, bool source, bool destination,
                    struct view v)
{
    bool here = ((r->sides & SRC) != 0 && source) || ((r->sides & DST) != 0 && destination);
    return here && (r->wanted == NULL || r->wanted(d, v));
}

/* The rows of both ports in the order in which they stand in the table. */
static bool dispatch_port(const struct port_index *x, const struct port_route *routes,
                          struct dissect *d, struct view v)
{
    u32 s = first_row(x, d->sport), t = first_row(x, d->dport);

    while (s != 0 || t != 0) {
        u32 row = t == 0 || (s != 0 && s < t) ? s : t;
        const struct port_route *r = &routes[row - 1];
        if (applies(r, d, row == s, row == t, v))
            return dispatch(r->print, d, v);
        if (row == s)
            s = x->next[s];
        if (row == t)
            t = x->next[t];
    }
    return false;
}

bool dispatch_tcp(struct dissect *d, struct view v)
{
    return dispatch_port(&d->registry->tcp, tcp_routes, d, v);
}

static bool within(u16 port, u16 first, u16 last) { return (u16)(port - first) <= last - first; }

bool dispatch_udp(struct dissect *d, struct view v)
{
    if (dispatch_port(&d->registry->udp, udp_routes, d, v))
        return true;
    for (size_t i = 0; udp_ranges[i].last != 0; i++) {
        u16 first = udp_ranges[i].first, last = udp_ranges[i].last;
        bool source = within(d->sport, first, last), destination = within(d->dport, first, last);
        if (unlikely(source || destination) && applies(&udp_ranges[i].route, d, source, destination, v))
            return dispatch(udp_ranges[i].route.print, d, v);
    }
    return false;
}

bool dispatch_udp_plain(struct dissect *d, struct view v)
{
    for (const struct port_route *r = udp_plain_routes; r->print != NULL; r++)
        if (applies(r, d, r->port == d->sport, r->port == d->dport, v))
            return dispatch(r->print, d, v);
    return false;
}

bool dispatch_forced_tcp(struct dissect *d, struct view v)
{
    return dispatch(find(forced_tcp_routes, d->opt->forced), d, v);
}

bool dispatch_forced_udp(struct dissect *d, struct view v)
{
    return dispatch(find(forced_udp_routes, d->opt->forced), d, v);
}

bool registry_has_forced_udp(enum forced_type type)
{
    return find(forced_udp_routes, type) != NULL;
}

bool dispatch_llc(struct dissect *d, u8 dsap, u8 ssap, struct view v)
{
    return dispatch(dsap == ssap ? find(llc_routes, dsap) : NULL, d, v);
}

bool dispatch_snap(struct dissect *d, u32 oui, u16 type, struct view v)
{
    for (size_t i = 0; snap_routes[i].print != NULL; i++)
        if (snap_routes[i].key == SNAP_KEY(oui, type))
            return dispatch(snap_routes[i].print, d, v);
    return false;
}

bool registry_has_link(u32 linktype) { return find(link_routes, linktype) != NULL; }

const char *registry_name(size_t i) { return i < countof(names) ? names[i] : NULL; }
