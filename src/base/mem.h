/*
 * The five functions that the pure modules take from the C library.
 *
 * They are declared here because a freestanding target has no <string.h>, and because this list
 * is what lint.purity compares the archives with.  Compilers replace most calls by instructions.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);

/*
 * memcpy() for packets: for some hundred bytes, of another number each time, steps of one size take half
 * the time of the string instructions that small C libraries have.
 */
static inline void mem_copy_packet(void *restrict to, const void *restrict from, size_t n)
{
    enum { STEP = 32 };
    char *t = to;
    const char *f = from;

    if (n < STEP) {
        if (n > 0) /* then `from` may be NULL */
            memcpy(t, f, n);
        return;
    }
    size_t last = n - STEP; /* the last step may overlap the one before */
    for (size_t at = 0; at < last; at += STEP)
        memcpy(t + at, f + at, STEP);
    memcpy(t + last, f + last, STEP);
}

#endif
