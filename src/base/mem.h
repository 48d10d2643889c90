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

#endif
