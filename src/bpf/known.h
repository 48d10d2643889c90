/*
 * What is known about a 32-bit value at some point of a filter: an over-approximation of the values
 * that it may have there.  Private to the module.
 *
 * A value is in [low, high], matches one of the patterns `in`, and none of the patterns `out`.  A
 * pattern (mask, bits) holds the values v with (v & mask) == bits.  Learning keeps this true;
 * where there is no room, something is forgotten, never made up.
 */
#ifndef BPF_KNOWN_H
#define BPF_KNOWN_H

#include "base/types.h"

struct pattern {
    u32 mask, bits; /* bits is within mask */
};

enum { KNOWN_IN = 4, KNOWN_OUT = 6 };

struct known {
    u32 low, high;
    u8 in_count, out_count; /* in_count is at least 1 */
    struct pattern in[KNOWN_IN], out[KNOWN_OUT];
};

/* Nothing but the bits that the value can have. */
struct known known_within(u32 mask);

/* Whether more is known than known_within(mask). */
bool known_tells(const struct known *k, u32 mask);

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_OPEN };

/* Whether the value matches the pattern; whether it is at least `least`. */
enum answer known_matches(const struct known *k, struct pattern p);
enum answer known_reaches(const struct known *k, u32 least);

/*
 * Adds the outcome of such a question.  Not to be used where the answer is known to be the other:
 * there is no value left then, and *k stays as it was.
 */
void known_learn_match(struct known *k, struct pattern p, bool outcome);
void known_learn_reach(struct known *k, u32 least, bool outcome);

/* What is known where two paths meet: what both tell. */
void known_join(struct known *k, const struct known *other);

#endif
