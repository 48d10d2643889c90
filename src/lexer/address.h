/*
 * How numbers and addresses are spelt in a filter.
 *
 * The matchers return the length of the longest spelling at the start of the text, 0 for none;
 * the readers take exactly what a matcher has measured.
 */
#ifndef LEXER_ADDRESS_H
#define LEXER_ADDRESS_H

#include "base/str.h"
#include "base/types.h"

size_t address_match_number(struct str s); /* 80, 0x50, 0120 */
size_t address_match_ip4(struct str s);    /* two to four numbers with dots between */
size_t address_match_ip6(struct str s);    /* RFC 4291, section 2.2, also with ::1.2.3.4 */
size_t address_match_mac(struct str s);    /* six bytes with : - or ., three words with ., 12 digits */
size_t address_match_mac8(struct str s);   /* $ and one or two hexadecimal digits */

/* A quick look: false when neither of the Ethernet nor of the IPv6 spellings can match. */
bool address_may_be(struct str s);

enum number_fault { NUMBER_FINE, NUMBER_TOO_BIG, NUMBER_NOT_OCTAL };

/* Decimal, 0x hexadecimal or 0 octal, up to 32 bits. */
enum number_fault address_number(struct str s, u32 *value);

/* The parts, left-aligned in host byte order: 10.1 is 0x0a010000.  False when one exceeds 255 or
 * is not decimal. */
bool address_ip4(struct str s, u32 *value, u8 *parts);

void address_ip6(struct str s, u8 bytes[16]); /* network byte order */
void address_mac(struct str s, u8 bytes[6]);
u8 address_mac8(struct str s);

#endif
