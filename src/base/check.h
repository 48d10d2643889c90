/*
 * Assertions: statements about our own code, never about input.
 *
 * A false check stops the program at once.  Every build but the released one has them; there the
 * condition is not evaluated, so it must have no effect.
 */
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

#ifdef SNIFTER_RELEASE
#define check(cond) ((void)sizeof(!!(cond)))
#else
#define check(cond) ((cond) ? (void)0 : __builtin_trap())
#endif

#endif
