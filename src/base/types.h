/* Fixed-width integers under short names, and the two helpers every module uses. */
#ifndef BASE_TYPES_H
#define BASE_TYPES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;

/* Number of elements of an array (not of a pointer). */
#define countof(array) (sizeof(array) / sizeof((array)[0]))

/* Lets the compiler compare a format with its arguments; positions count from 1. */
#define PRINTF_LIKE(fmt_at, first_at) __attribute__((format(printf, fmt_at, first_at)))

/* Branch hints for the few places that run for every byte or packet. */
#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* For the few small functions that are worth nothing unless their arguments are known. */
#define ALWAYS_INLINE inline __attribute__((always_inline))

/* For those that are only faster so, at the price of space. */
#ifdef SNIFTER_MINI
#define SPEED_INLINE inline
#else
#define SPEED_INLINE ALWAYS_INLINE
#endif

/* For the small functions that are called from hundreds of places. */
#define NOINLINE __attribute__((noinline))

/* Marks a function that runs rarely, so that its callers stay small. */
#define COLD __attribute__((cold, noinline))

#endif
