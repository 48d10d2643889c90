/* The Internet checksum, RFC 1071. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include "base/types.h"
#include "base/view.h"

/*
 * A running sum: start with zero, add pieces, then checksum_end().  Every piece but the last must
 * have an even number of bytes.  At most 2^31 bytes in all.
 */
struct checksum {
    u64 sum;
};

void checksum_add(struct checksum *c, struct view bytes); /* the captured bytes of the view */
void checksum_add16(struct checksum *c, u16 word);        /* host byte order */
void checksum_add32(struct checksum *c, u32 word);        /* host byte order */

/*
 * The complement of the folded sum, in host byte order.  Over data that includes a correct
 * checksum this is 0.
 */
u16 checksum_end(const struct checksum *c);

/*
 * What the checksum field should hold, given what it holds and the result of checksum_end() over
 * data that includes it; host byte order.  RFC 1624, equation 3.
 */
u16 checksum_should_be(u16 field, u16 sum);

#endif
