/* Ethernet frames, for every protocol that carries them. */
#ifndef PRINT_PROTO_ETHER_H
#define PRINT_PROTO_ETHER_H

#include "print/dissect.h"

/*
 * Prints a frame that begins with its two addresses; v.len is its length without the checksum.
 * Returns the bytes before the payload.  The printer print_ether() does the same for a frame in a
 * tunnel; print_link_ether() is for whole packets and tells the dump where the link header ends.
 */
u32 ether_frame(struct dissect *d, struct view v);

/* The name of an EtherType, or NULL. */
const char *ethertype_name(u16 type);

/* An 802.1Q tag control field: "vlan 5, p 3, DEI". */
void say_vlan_tag(struct dissect *d, u16 tci);

#endif
