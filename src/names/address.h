/* Addresses as text, in the spellings of the files under /etc.  Private to the names module. */
#ifndef NAMES_ADDRESS_H
#define NAMES_ADDRESS_H

#include "base/str.h"
#include "base/types.h"

/* Four decimal numbers and three dots, to 4 bytes in network byte order. */
bool address_parse_ip4(struct str text, u8 to[4]);

/* RFC 4291, section 2.2, to 16 bytes in network byte order. */
bool address_parse_ip6(struct str text, u8 to[16]);

/* Six numbers of one or two hexadecimal digits between colons. */
bool address_parse_mac(struct str text, u8 to[6]);

#endif
