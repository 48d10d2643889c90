/*
 * Who prints what: the routing between protocols, from the rows of print/registry.def.
 *
 * A dispatch function calls the printer of the first row that matches and returns true; without
 * one it returns false, having written nothing, and the caller does its default.
 */
#ifndef PRINT_REGISTRY_H
#define PRINT_REGISTRY_H

#include "print/dissect.h"

/*
 * From ports to rows: a packet's two ports are looked up instead of comparing each row with them.
 * Part of a run, filled by registry_start() and then constant.
 */
enum { PORT_SLOTS = 256, PORT_ROWS_MAX = 128 };

struct port_index {
    struct {
        u16 port;
        u8 row; /* the first with this port, counted from 1; 0: the slot is free */
    } slots[PORT_SLOTS];
    u8 next[PORT_ROWS_MAX]; /* by row: the next one with the same port, counted from 1 */
};

struct registry {
    struct port_index tcp, udp;
};

void registry_start(struct registry *r);

bool dispatch_link(struct dissect *d, u32 linktype, struct view v);
bool dispatch_ether(struct dissect *d, u16 ethertype, struct view v);
bool dispatch_ip_protocol(struct dissect *d, u8 protocol, struct view v);
bool dispatch_ppp(struct dissect *d, u16 protocol, struct view v);

/* By d->sport and d->dport. */
bool dispatch_tcp(struct dissect *d, struct view v);
bool dispatch_udp(struct dissect *d, struct view v);

/* The rows that are looked at before UDP says anything about the checksum. */
bool dispatch_udp_plain(struct dissect *d, struct view v);

/* The printer that -T asks for; false when it asks for none of this transport. */
bool dispatch_forced_tcp(struct dissect *d, struct view v);
bool dispatch_forced_udp(struct dissect *d, struct view v);

/* Whether -T asks for a protocol that UDP carries. */
bool registry_has_forced_udp(enum forced_type type);

/* LLC frames: by the destination (or source) service access point, and by SNAP's OUI and type. */
bool dispatch_llc(struct dissect *d, u8 dsap, u8 ssap, struct view v);
bool dispatch_snap(struct dissect *d, u32 oui, u16 type, struct view v);

/* Whether some row prints the link type. */
bool registry_has_link(u32 linktype);

/* The i-th name of a protocol in the registry, in the order of its rows; NULL past the last. */
const char *registry_name(size_t i);

#endif
