/* What the two versions of IP share, for them and for the protocols that they carry. */
#ifndef PRINT_PROTO_IP_H
#define PRINT_PROTO_IP_H

#include "base/checksum.h"
#include "print/dissect.h"

/*
 * The payload of an IP packet to the printer of `protocol`; unknown protocols are named with
 * their length.  d->net describes the packet.
 */
void ip_demux(struct dissect *d, struct view v, u8 protocol);

/* The packet at `v` to the printer of the version that its first bits tell. */
void ip_either(struct dissect *d, struct view v);

/* The addresses of the nearest network header. */
void say_net_source(struct dissect *d);
void say_net_destination(struct dissect *d);

/* "source > destination" of the nearest network header, without ports. */
void say_hosts(struct dissect *d);

/*
 * Whether the hosts of the packet have been said before the header of `protocol`: an authentication
 * header or extension headers of IPv6 come between.  As tcpdump, only the ports are then shown.
 */
bool hosts_said(const struct dissect *d, u8 protocol);

/*
 * "source.port > destination.port: " with d->sport and d->dport.  Returns what else is known of the two,
 * or NULL when they were not looked for.
 */
struct conversation;
struct conversation *say_tcp_endpoints(struct dissect *d);
void say_udp_endpoints(struct dissect *d);
void say_port_numbers(struct dissect *d); /* never by name, never without the hosts: SCTP, DCCP */

/* The keyword that IANA gave a protocol, or NULL. */
const char *ip_protocol_keyword(u8 protocol);

/* " name" of an IP protocol, or " ip-proto-123" when it has none or names are off. */
void say_ip_protocol(struct dissect *d, u8 protocol);

/*
 * The sum of the pseudo header of RFC 793 (IPv4) or RFC 8200, section 8.1 (IPv6), for `length`
 * bytes of `protocol` under d->net: the start of a transport checksum.  With IPv6 the destination
 * is the last one of a routing header.
 */
struct checksum pseudo_header(const struct dissect *d, u8 protocol, u32 length);

/* The name of an IP protocol in -v lines, "unknown" for most. */
const char *ip_protocol_name(u8 protocol);

#endif
