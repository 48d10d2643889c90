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

/* What a switch puts between the addresses of a frame and its type, for the processor behind it. */
struct switch_tag {
    const char *proto; /* the name that [|name] would show */
    u32 len;
    void (*say)(struct dissect *d, struct view tag);
};

/* A whole packet that is a frame with such a tag. */
void ether_switched(struct dissect *d, struct view v, const struct switch_tag *tag);

/* The name of an EtherType, or NULL. */
const char *ethertype_name(u16 type);

/* An 802.1Q tag control field: "vlan 5, p 3, DEI". */
void say_vlan_tag(struct dissect *d, u16 tci);

#endif
