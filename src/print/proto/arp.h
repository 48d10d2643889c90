/* What the two kinds of ARP share. */
#ifndef PRINT_PROTO_ARP_H
#define PRINT_PROTO_ARP_H

#include "print/dissect.h"

/* IANA "Address Resolution Protocol (ARP) Parameters" */
enum arp_hardware { HARDWARE_ETHERNET = 1, HARDWARE_FRAME_RELAY = 15, HARDWARE_ATM = 19 };

enum arp_operation {
    ARP_REQUEST = 1,
    ARP_REPLY,
    ARP_REVERSE_REQUEST,
    ARP_REVERSE_REPLY,
    ARP_INVERSE_REQUEST = 8,
    ARP_INVERSE_REPLY,
    ARP_NAK,
};

/* "Unknown (12) " or "Request " and so on. */
void arp_say_operation(struct dissect *d, u16 operation);

/* The name of the protocol whose addresses are asked for. */
const char *arp_protocol_name(struct dissect *d, u16 protocol);

/* Whether it has the addresses of IPv4. */
bool arp_is_ip(u16 protocol);

/* A hardware address of any length, "<empty>" without bytes. */
void arp_say_hardware(struct dissect *d, u16 type, struct view address);

/* The address of IPv4 when protocol and length are right; otherwise `flaw` says what is wrong. */
void arp_say_ip(struct dissect *d, u16 protocol, struct view address, const char *flaw);

/* ARP on ATM, RFC 2225, whose header is another one. */
void arp_atm(struct dissect *d, struct view v);

#endif
