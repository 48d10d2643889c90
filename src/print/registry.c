/* The tables made of registry.def, and the look-ups in them. */
#include "print/registry.h"

#include "base/ethertype.h"
#include "base/ipproto.h"
#include "base/linktype.h"
#include "base/llc.h"
#include "base/port.h"
#include "print/printers.h"

/* One way to a printer in a space with plain keys. */
struct route {
    u32 key;
    printer *print;
};

#define ROUTES_END { 0, NULL }
#define ROUTE(key, printer_, name) { key, print_##printer_ },

static const struct route link_routes[] = {
#define LINK ROUTE
#include "print/registry.def"
    ROUTES_END
};

static const struct route ether_routes[] = {
#define ETHER ROUTE
#include "print/registry.def"
    ROUTES_END
};

static const struct route ip_routes[] = {
#define IPPROTO ROUTE
#include "print/registry.def"
    ROUTES_END
};

static const struct route ppp_routes[] = {
#define PPP ROUTE
#include "print/registry.def"
    ROUTES_END
};

static const struct route llc_routes[] = {
#define LLC ROUTE
#include "print/registry.def"
    ROUTES_END
};

/* SNAP keys are the OUI and the type side by side; types have 16 bits. */
#define SNAP_KEY(oui, type) ((u64)(oui) << 16 | (type))

static const struct {
    u64 key;
    printer *print;
} snap_routes[] = {
#define SNAP(oui, type, printer_, name) { SNAP_KEY(oui, type), print_##printer_ },
#include "print/registry.def"
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
#include "print/registry.def"
    { 0, 0, NULL, NULL }
};

static const struct port_route udp_routes[] = {
#define UDP(side, port, printer_, name)           { port, side, NULL, print_##printer_ },
#define UDP_IF(guard_, side, port, printer_, name) { port, side, guard_, print_##printer_ },
#include "print/registry.def"
    { 0, 0, NULL, NULL }
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
#define LLC(key, printer_, name)                name,
#define SNAP(oui, key, printer_, name)          name,
#include "print/registry.def"
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

static bool dispatch_port(const struct port_route *r, struct dissect *d, struct view v)
{
    for (; r->print != NULL; r++) {
        bool here = ((r->sides & SRC) != 0 && r->port == d->sport) ||
                    ((r->sides & DST) != 0 && r->port == d->dport);
        if (here && (r->wanted == NULL || r->wanted(d, v)))
            return dispatch(r->print, d, v);
    }
    return false;
}

bool dispatch_tcp(struct dissect *d, struct view v) { return dispatch_port(tcp_routes, d, v); }

bool dispatch_udp(struct dissect *d, struct view v) { return dispatch_port(udp_routes, d, v); }

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
